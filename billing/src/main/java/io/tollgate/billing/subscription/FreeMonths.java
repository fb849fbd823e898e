package io.tollgate.billing.subscription;

import io.tollgate.billing.subscription.AccountPlan.Month;
import io.tollgate.billing.subscription.SubscriptionSettings.AfterPlan;
import io.tollgate.metering.credit.Credits;
import java.time.Instant;

/** The plan of those who have no other. Stripe never hears of it. */
final class FreeMonths {

    private static final String PREFIX = "free/";
    private static final Instant FOREVER = Instant.parse("9999-12-31T00:00:00Z");

    private final Plans plans;
    private final SubscriptionSettings settings;

    FreeMonths(Plans plans, SubscriptionSettings settings) {
        this.plans = plans;
        this.settings = settings;
    }

    /** Puts the account on the plan for those without one, if there is one; its month is then due. */
    void fallBack(Draft draft, Instant now) {
        PlanTerms terms = plans.free();
        if (terms != null) {
            draft.plan(draft.plan().onFree(terms.plan(), now));
            draft.note("free_plan_started");
        }
    }

    /** What follows a plan that has ended and left nothing, by the settings. */
    void follow(Draft draft, Instant now) {
        if (settings.afterPlan() == AfterPlan.FREE_PLAN) {
            fallBack(draft, now);
        }
    }

    /** Gives the month that now falls into, and only that one, however many were missed. */
    void give(Draft draft, String plan, Instant since, Instant now) {
        PlanTerms terms = plans.plan(plan);
        if (terms == null || terms.allowance().isZero()) {
            draft.plan(draft.plan().dueAt(null));
            return;
        }
        Months.Span span = Months.around(since, now);
        String prefix = PREFIX + draft.plan().account() + "/";
        Month before = draft.plan().month();
        Month month = Month.whole(
                prefix + span.start().getEpochSecond(), terms.allowance(), span.start(), span.end(), FOREVER);
        boolean follows = before != null && before.key().startsWith(prefix);
        draft.give(month, follows ? terms.rollover() : Credits.ZERO, settings, terms);
    }
}
