@NullMarked
package io.tollgate.metering.kept;

import org.jspecify.annotations.NullMarked;
