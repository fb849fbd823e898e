package io.tollgate.billing.planchange;

import io.tollgate.billing.subscription.PlanTerms;
import io.tollgate.billing.subscription.StripeSubscription.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The plan that an account has, in our book and at Stripe.
 *
 * @param paymentUrl where what failed can be paid
 */
record Holding(HeldPlan held, PlanTerms terms, @Nullable String paymentUrl) {

    /** What stands against changing the plan; null if nothing does. */
    @Nullable
    Refusal refusal() {
        Instant cancelAt = held.seen().cancelAt();
        if (held.waitsUntil() != null) {
            return new Refusal.AwaitsPayment(paymentUrl);
        }
        if (cancelAt != null) {
            return new Refusal.Ending(cancelAt);
        }
        return unready();
    }

    /** What stands against everything but ending it; null if nothing does. */
    @Nullable
    Refusal unready() {
        return switch (held.seen().status()) {
            case PAST_DUE, UNPAID -> new Refusal.Overdue(paymentUrl);
            case PAUSED -> new Refusal.Paused();
            case INCOMPLETE, ENDED -> new Refusal.NoPlan();
            case ACTIVE, TRIALING -> held.seen().pausedAs() == null ? null : new Refusal.Paused();
        };
    }

    boolean is(Status status) {
        return held.seen().status() == status;
    }
}
