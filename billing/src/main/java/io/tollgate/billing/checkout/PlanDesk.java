package io.tollgate.billing.checkout;

import io.tollgate.billing.catalog.Plan;
import io.tollgate.billing.checkout.CheckoutSession.Status;
import io.tollgate.billing.checkout.FreePlans.FreeResult;
import io.tollgate.billing.order.Order;
import io.tollgate.billing.order.OrderState;
import io.tollgate.billing.order.Orders;
import io.tollgate.metering.account.AccountId;
import reactor.core.publisher.Mono;

/**
 * Sees to it that an account has one plan: who has one is told to change it, and a checkout of a plan that was opened before is
 * closed, so that it cannot be finished as well.
 */
public final class PlanDesk {

    /** Each start closes what was open, so more would come from starts at the same moment only. */
    private static final int OPEN_MAX = 16;

    private final Orders orders;
    private final Till till;
    private final LiveSubscriptions subscriptions;
    private final FreePlans freePlans;

    public PlanDesk(Orders orders, Till till, LiveSubscriptions subscriptions, FreePlans freePlans) {
        this.orders = orders;
        this.till = till;
        this.subscriptions = subscriptions;
        this.freePlans = freePlans;
    }

    Mono<StartResult> begin(AccountId account, Plan free) {
        return freePlans.begin(account, free).map(result -> switch (result) {
            case FreeResult.Begun _ -> new StartResult.FreePlanBegun(free);
            case FreeResult.HasPlan(String plan) -> new StartResult.HasPlan(plan);
            case FreeResult.NotOffered _ -> new StartResult.UnknownPlan();
        });
    }

    /** Why the account cannot buy a plan now; empty if it can. */
    Mono<StartResult> refusal(AccountId account, String fingerprint) {
        return subscriptions
                .billedPlan(account)
                .<StartResult>map(StartResult.HasPlan::new)
                .switchIfEmpty(Mono.defer(() -> closeOthers(account, fingerprint)));
    }

    /** Closes what else of plans was opened for the account, now that this order is paid: starts at the same moment leave several. */
    public Mono<Void> closeOthers(Order paid) {
        return orders.openPlans(paid.account(), OPEN_MAX)
                .filter(order -> !order.id().equals(paid.id()))
                .concatMap(this::close)
                .then();
    }

    private Mono<StartResult> closeOthers(AccountId account, String fingerprint) {
        return orders.openPlans(account, OPEN_MAX)
                .filter(order ->
                        order.state() == OrderState.OPEN || !order.fingerprint().equals(fingerprint))
                .concatMap(this::close)
                .next();
    }

    private Mono<StartResult> close(Order order) {
        return (order.sessionId() == null ? till.sessionOf(order) : till.session(order.sessionId()))
                .flatMap(session -> session.status() == Status.OPEN ? till.expire(session.id()) : Mono.just(session))
                .flatMap(session -> closed(order, session));
    }

    private Mono<StartResult> closed(Order order, CheckoutSession session) {
        return switch (session.status()) {
            case EXPIRED -> orders.moveTo(order.id(), OrderState.EXPIRED).then(Mono.empty());
            case COMPLETE -> Mono.just(new StartResult.HasPlan(plan(order)));
            case OPEN -> Mono.just(new StartResult.StripeUnavailable());
        };
    }

    private static String plan(Order order) {
        return order.plan() == null ? order.title() : order.plan().terms().id();
    }
}
