/**
 * The one place that knows stripe-java. Its calls block, so they run on a bounded scheduler of their own, under timeouts and
 * a circuit breaker; what they throw becomes a sealed result or a {@link
 * io.tollgate.billing.checkout.StripeUnavailableException}.
 */
@NullMarked
package io.tollgate.billing.stripe;

import org.jspecify.annotations.NullMarked;
