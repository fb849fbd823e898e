package io.tollgate.billing.checkout;

import io.tollgate.metering.account.AccountId;
import reactor.core.publisher.Mono;

/** What checkout has to know of subscriptions, and does not keep itself. */
public interface LiveSubscriptions {

    /**
     * The id of the plan that Stripe bills the account for, or will once a trial or a failed payment is over; empty if there is none.
     * A free plan is none: it gives way to the one that is bought.
     */
    Mono<String> billedPlan(AccountId account);
}
