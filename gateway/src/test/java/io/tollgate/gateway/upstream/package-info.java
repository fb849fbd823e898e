@NullMarked
package io.tollgate.gateway.upstream;

import org.jspecify.annotations.NullMarked;
