/** Placeholder. */
@NullMarked
package io.tollgate.gateway;

import org.jspecify.annotations.NullMarked;
