package io.tollgate.billing.configuration;

import io.tollgate.billing.catalog.Plan;
import io.tollgate.billing.checkout.FreePlans;
import io.tollgate.billing.checkout.LiveSubscriptions;
import io.tollgate.billing.subscription.PlanBook;
import io.tollgate.billing.subscription.PlanSchedule;
import io.tollgate.billing.subscription.PlanTerms;
import io.tollgate.billing.subscription.Plans;
import io.tollgate.billing.subscription.StripeSubscription.Status;
import io.tollgate.billing.subscription.SubscriptionState;
import io.tollgate.metering.account.AccountId;
import reactor.core.publisher.Mono;

/** Subscriptions as checkout sees them. */
final class SubscriptionsOfCheckout implements LiveSubscriptions, FreePlans {

    private final PlanBook book;
    private final Plans plans;
    private final PlanSchedule schedule;

    SubscriptionsOfCheckout(PlanBook book, Plans plans, PlanSchedule schedule) {
        this.book = book;
        this.plans = plans;
        this.schedule = schedule;
    }

    @Override
    public Mono<String> billedPlan(AccountId account) {
        return book.present(account)
                .flatMap(present -> Mono.justOrEmpty(present.current())
                        .filter(SubscriptionsOfCheckout::isBilled)
                        .map(current -> current.terms().plan()));
    }

    /** Only the one that accounts without another live on anyway is to be had so. */
    @Override
    public Mono<FreeResult> begin(AccountId account, Plan plan) {
        PlanTerms free = plans.free();
        return billedPlan(account)
                .<FreeResult>map(FreeResult.HasPlan::new)
                .switchIfEmpty(Mono.defer(() -> free != null && free.plan().equals(plan.id())
                        ? schedule.join(account).thenReturn(new FreeResult.Begun())
                        : Mono.just(new FreeResult.NotOffered())));
    }

    private static boolean isBilled(SubscriptionState subscription) {
        return !subscription.hasEnded() && subscription.status() != Status.INCOMPLETE;
    }
}
