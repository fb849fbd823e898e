/** Payments with refunds, disputes and papers, in Postgres. */
@NullMarked
package io.tollgate.billing.history.postgres;

import org.jspecify.annotations.NullMarked;
