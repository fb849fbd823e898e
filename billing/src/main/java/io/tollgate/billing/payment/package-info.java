/**
 * Money that came in: one row for each payment, written with the credit it bought, and what refunds, disputes and the history start
 * from.
 */
@NullMarked
package io.tollgate.billing.payment;

import org.jspecify.annotations.NullMarked;
