package io.tollgate.billing.planchange;

import io.tollgate.billing.subscription.PlanStanding;

/** What became of a wish about the plan one has. */
public sealed interface StandResult {
    /** It was done, and the plan stands so. */
    record Done(PlanStanding standing) implements StandResult {}

    record Refused(Refusal refusal) implements StandResult {}
}
