package io.tollgate.billing.planchange;

import io.tollgate.billing.subscription.StripeSubscription;
import io.tollgate.metering.ledger.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A subscription with all that matters for changing it, as Stripe shows it now.
 *
 * @param price of one interval
 * @param schedule that it is under; null for none
 * @param waitsUntil until when a change waits for its payment; null if none does
 */
public record HeldPlan(
        StripeSubscription seen,
        Money price,
        @Nullable String schedule,
        @Nullable Instant waitsUntil) {

    String id() {
        return seen.id();
    }
}
