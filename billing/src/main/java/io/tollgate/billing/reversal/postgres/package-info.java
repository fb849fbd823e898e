/** Refunds, disputes and the credit that went with them, in Postgres: one SQL transaction for whatever is new. */
@NullMarked
package io.tollgate.billing.reversal.postgres;

import org.jspecify.annotations.NullMarked;
