package io.tollgate.billing.checkout;

import io.tollgate.billing.catalog.Plan;
import io.tollgate.metering.account.AccountId;
import reactor.core.publisher.Mono;

/** Puts accounts on plans that nothing is paid for. */
public interface FreePlans {

    Mono<FreeResult> begin(AccountId account, Plan plan);

    /** What became of it. */
    sealed interface FreeResult {
        /** It is on the plan, now or since before. */
        record Begun() implements FreeResult {}

        /** It has a plan that is paid for, which has to end first. */
        record HasPlan(String plan) implements FreeResult {}

        /** Free plans are not given to this account, or not at all. */
        record NotOffered() implements FreeResult {}
    }
}
