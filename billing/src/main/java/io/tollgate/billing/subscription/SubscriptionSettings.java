package io.tollgate.billing.subscription;

import java.time.Duration;

/**
 * What holds for all plans.
 *
 * @param renewalWindow how long an allowance outlives its month while Stripe finalises the next invoice
 * @param grace how long it outlives a failed payment, where the plan says nothing else
 * @param failureNotices how many failed tries to collect an invoice are told of, at most
 * @param trialNotice how long before its end a trial's end is told of
 * @param unpriced what invoices with a total of nothing give, a trial's aside: those of which a discount left nothing; what a customer's
 *     balance at Stripe pays is paid
 * @param atEnd what becomes of the allowance when a plan is ended before its paid period is over; a plan lost for want of payment
 *     leaves none
 * @param afterPlan what follows a plan that has ended
 */
public record SubscriptionSettings(
        Duration renewalWindow,
        Duration grace,
        int failureNotices,
        Duration trialNotice,
        Unpriced unpriced,
        AtEnd atEnd,
        AfterPlan afterPlan) {

    /** Nothing was paid, as nothing was to pay. */
    public enum Unpriced {
        GIVE,
        WITHHOLD
    }

    /** Somebody ended the plan at once. */
    public enum AtEnd {
        END_ALLOWANCE,
        KEEP_UNTIL_PAID
    }

    /** What an account has after its plan. */
    public enum AfterPlan {
        FREE_PLAN,
        NOTHING
    }

    public SubscriptionSettings {
        if (renewalWindow.isNegative() || grace.isNegative() || trialNotice.isNegative()) {
            throw new IllegalArgumentException("renewal window, grace and trial notice are not negative");
        }
        if (failureNotices < 0) {
            throw new IllegalArgumentException("the number of failure notices is not negative");
        }
    }

    /** How long an allowance outlives its month if nothing is heard of the next. */
    Duration tail(Duration planGrace) {
        return renewalWindow.compareTo(planGrace) > 0 ? renewalWindow : planGrace;
    }

    /** How long it can outlive its month at most: a payment that fails within the window has its grace after that. */
    Duration longestTail(Duration planGrace) {
        return renewalWindow.plus(planGrace);
    }
}
