/**
 * Booking of usage events in Postgres: one SQL transaction for many partitions, as few statements as there are tables.
 */
@NullMarked
package io.tollgate.metering.usage.postgres;

import org.jspecify.annotations.NullMarked;
