/**
 * Sends a buyer to Stripe: order first, then the call, then its outcome; {@link io.tollgate.billing.checkout.Till} is what
 * Stripe looks like from here.
 */
@NullMarked
package io.tollgate.billing.checkout;

import org.jspecify.annotations.NullMarked;
