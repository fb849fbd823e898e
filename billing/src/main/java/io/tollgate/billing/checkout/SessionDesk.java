package io.tollgate.billing.checkout;

import io.tollgate.billing.checkout.StripeUnavailableException.Effect;
import io.tollgate.billing.checkout.Till.OpenResult;
import io.tollgate.billing.order.Order;
import io.tollgate.billing.order.OrderId;
import io.tollgate.billing.order.OrderState;
import io.tollgate.billing.order.OrderedPlan;
import io.tollgate.billing.order.Orders;
import io.tollgate.metering.account.AccountId;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Opens sessions. The order is written down before Stripe is called and its outcome afterwards; a request that got no answer is
 * repeated as the same request when the buyer tries again, so that Stripe opens one session for it.
 */
public final class SessionDesk {

    private static final Logger LOG = LoggerFactory.getLogger(SessionDesk.class);

    private final Orders orders;
    private final Till till;
    private final CheckoutSettings settings;
    private final InstantSource clock;

    public SessionDesk(Orders orders, Till till, CheckoutSettings settings, InstantSource clock) {
        this.orders = orders;
        this.till = till;
        this.settings = settings;
        this.clock = clock;
    }

    String fingerprint(String customerId, Wanted wanted, Visit visit) {
        return Fingerprint.of(customerId, wanted, visit, settings.options());
    }

    Mono<StartResult> open(AccountId account, String customerId, Wanted wanted, Visit visit) {
        return order(account, customerId, wanted, visit)
                .flatMap(order -> open(new SessionRequest(order, wanted, visit, settings.options())));
    }

    private Mono<Order> order(AccountId account, String customerId, Wanted wanted, Visit visit) {
        String fingerprint = fingerprint(customerId, wanted, visit);
        return orders.unanswered(account, fingerprint, settings.retryWindow())
                .switchIfEmpty(Mono.defer(() -> add(newOrder(account, customerId, wanted, fingerprint))));
    }

    private Mono<Order> add(Order order) {
        OrderedPlan plan = order.plan();
        return plan != null && plan.trialDays() > 0
                ? orders.addWithTrial(order)
                : orders.add(order).thenReturn(order);
    }

    private Order newOrder(AccountId account, String customerId, Wanted wanted, String fingerprint) {
        return new Order(
                OrderId.random(),
                account,
                OrderState.INTENT,
                wanted.title(),
                wanted.credits(),
                wanted.price().money(),
                customerId,
                fingerprint,
                clock.instant().plus(settings.sessionLifetime()).plus(settings.retryWindow()),
                null,
                wanted.plan());
    }

    private Mono<StartResult> open(SessionRequest request) {
        Order order = request.order();
        return till.open(request)
                .flatMap(result -> record(order, result))
                .onErrorResume(StripeUnavailableException.class, failure -> unanswered(order, failure));
    }

    private Mono<StartResult> record(Order order, OpenResult result) {
        return switch (result) {
            case OpenResult.Opened(String sessionId, String url) ->
                orders.opened(order.id(), sessionId).map(opened -> started(opened, sessionId, url));
            case OpenResult.Refused(String code) -> {
                LOG.atError()
                        .addKeyValue("order", order.id())
                        .addKeyValue("code", code)
                        .log("checkout_refused_by_stripe");
                yield orders.moveTo(order.id(), OrderState.REFUSED).thenReturn(new StartResult.StripeRefused(code));
            }
            case OpenResult.NotConfigured _ ->
                orders.moveTo(order.id(), OrderState.REFUSED).thenReturn(new StartResult.NotConfigured());
        };
    }

    private static StartResult started(Order order, String sessionId, String url) {
        if (!sessionId.equals(order.sessionId())) {
            // Stripe forgot the first request and opened a second session: its payment would belong to no order.
            LOG.atError().addKeyValue("order", order.id()).log("checkout_opened_twice");
            return new StartResult.StripeUnavailable();
        }
        LOG.atInfo()
                .addKeyValue("account", order.account())
                .addKeyValue("order", order.id())
                .addKeyValue("amount", order.price().minor())
                .addKeyValue("currency", order.price().currency())
                .addKeyValue("credits", order.credits())
                .log("checkout_started");
        return new StartResult.Started(url, sessionId);
    }

    // Stripe repeats a failure of its own to whoever repeats the request, so such an order is not tried again.
    private Mono<StartResult> unanswered(Order order, StripeUnavailableException failure) {
        LOG.atWarn()
                .addKeyValue("order", order.id())
                .addKeyValue("effect", failure.effect())
                .log("checkout_unanswered");
        OrderState state = failure.effect() == Effect.FAILED ? OrderState.ABANDONED : OrderState.UNANSWERED;
        return orders.moveTo(order.id(), state).thenReturn(new StartResult.StripeUnavailable());
    }
}
