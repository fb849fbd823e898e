/** Placeholder. */
@NullMarked
package io.tollgate.metering;

import org.jspecify.annotations.NullMarked;
