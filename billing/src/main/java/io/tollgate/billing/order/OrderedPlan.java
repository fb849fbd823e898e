package io.tollgate.billing.order;

import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.catalog.Plan;

/**
 * The plan an order is for.
 *
 * @param terms as they were when it was ordered, whatever becomes of the plan in the catalog
 * @param trialDays zero for none: the plan has none, or the account has had its one
 */
public record OrderedPlan(Plan terms, Interval interval, int trialDays) {

    public OrderedPlan {
        if (trialDays < 0) {
            throw new IllegalArgumentException("a trial of " + trialDays + " days");
        }
    }

    public OrderedPlan withoutTrial() {
        return new OrderedPlan(terms, interval, 0);
    }
}
