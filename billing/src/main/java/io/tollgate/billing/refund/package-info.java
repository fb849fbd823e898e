/**
 * Refunds that are asked for here: by an operator, by a customer within the money-back window, for a fraud warning. Each is a row before
 * Stripe is asked, and is asked again until it is known what became of it. What goes back in credit is {@code reversal}'s part.
 */
@NullMarked
package io.tollgate.billing.refund;

import org.jspecify.annotations.NullMarked;
