/**
 * Orders in Postgres.
 */
@NullMarked
package io.tollgate.billing.order.postgres;

import org.jspecify.annotations.NullMarked;
