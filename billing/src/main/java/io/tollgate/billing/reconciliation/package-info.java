/**
 * Asks Stripe about orders that nobody has told us the end of: a lost webhook delays credit but never loses it.
 */
@NullMarked
package io.tollgate.billing.reconciliation;

import org.jspecify.annotations.NullMarked;
