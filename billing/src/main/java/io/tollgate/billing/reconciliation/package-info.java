/**
 * Agreeing with Stripe: orders that nobody told us the end of, events that never came in, and runs that compare the book with what
 * Stripe has. A lost webhook delays credit but never loses it, and what cannot be put right by itself is told.
 */
@NullMarked
package io.tollgate.billing.reconciliation;

import org.jspecify.annotations.NullMarked;
