/** The adapter's own tests. */
@NullMarked
package io.tollgate.metering.usage.postgres;

import org.jspecify.annotations.NullMarked;
