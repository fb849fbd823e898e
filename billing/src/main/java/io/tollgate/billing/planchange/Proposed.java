package io.tollgate.billing.planchange;

import io.tollgate.billing.subscription.PlanTerms;

/** What a wish comes to, with the plan that its owner has. */
sealed interface Proposed {
    /**
     * It can be had.
     *
     * @param terms of the plan that it would be
     */
    record Possible(Proposal proposal, PlanTerms terms) implements Proposed {}

    /** The plan is to change or to end, and somebody would rather keep it. */
    record TakenBack(HeldPlan held) implements Proposed {}

    record Not(Refusal refusal) implements Proposed {}
}
