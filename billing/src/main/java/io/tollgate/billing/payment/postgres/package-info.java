/** Payments in Postgres. */
@NullMarked
package io.tollgate.billing.payment.postgres;

import org.jspecify.annotations.NullMarked;
