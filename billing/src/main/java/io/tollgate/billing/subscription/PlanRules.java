package io.tollgate.billing.subscription;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** What is decided about plans, and by which clock: the one place where looks and time meet the rules. */
public final class PlanRules {

    private final Plans plans;
    private final PlanCourse course;
    private final DueMonths due;
    private final FreeMonths free;
    private final PlanMetrics metrics;
    private final InstantSource clock;

    public PlanRules(Plans plans, SubscriptionSettings settings, PlanMetrics metrics, InstantSource clock) {
        this.plans = plans;
        this.free = new FreeMonths(plans, settings);
        this.course = new PlanCourse(plans, settings, free);
        this.due = new DueMonths(settings, free);
        this.metrics = metrics;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    Change looked(Present present, StripeSubscription seen, PlanTerms terms, @Nullable StripeInvoice invoice) {
        return course.looked(Look.of(present, seen, new Look.Resolved(terms, pending(seen)), invoice, now()));
    }

    private SubscriptionState.@Nullable PendingChange pending(StripeSubscription seen) {
        StripeSubscription.Next next = seen.next();
        if (next == null) {
            return null;
        }
        PlanTerms terms = plans.ofPrice(next.price());
        String plan = terms == null ? next.plan() : terms.plan();
        return plan == null ? null : new SubscriptionState.PendingChange(plan, next.interval(), next.at());
    }

    Change due(Present present) {
        return due.due(present, now());
    }

    /** Puts an account that lives on no plan on the free one. */
    Change join(Present present) {
        Draft draft = new Draft(present.plan());
        if (present.plan().subscription() == null && present.plan().freePlan() == null) {
            free.fallBack(draft, now());
        }
        return draft.change();
    }

    void written(Change change, String cause) {
        metrics.written(change, cause);
    }

    void withheld(Change change, String reason) {
        metrics.withheld(change, reason);
    }
}
