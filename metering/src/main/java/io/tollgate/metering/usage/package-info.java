/**
 * Usage events: decided in the live store, numbered per partition, flushed to the book of record exactly once.
 */
@NullMarked
package io.tollgate.metering.usage;

import org.jspecify.annotations.NullMarked;
