package io.tollgate.billing.checkout;

import io.tollgate.billing.catalog.Catalogs;
import io.tollgate.billing.catalog.Choice;
import io.tollgate.billing.catalog.Quote;
import io.tollgate.billing.checkout.StripeUnavailableException.Effect;
import io.tollgate.billing.checkout.Till.CustomerResult;
import io.tollgate.billing.checkout.Till.OpenResult;
import io.tollgate.billing.order.Order;
import io.tollgate.billing.order.OrderId;
import io.tollgate.billing.order.OrderState;
import io.tollgate.billing.order.Orders;
import io.tollgate.metering.account.AccountId;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Sends a buyer to Stripe. The order is written down before Stripe is called and its outcome afterwards; a request that got
 * no answer is repeated as the same request when the buyer tries again, so that Stripe opens one session for it.
 */
public final class Checkout {

    private static final Logger LOG = LoggerFactory.getLogger(Checkout.class);

    private final Catalogs catalogs;
    private final CustomerDesk customers;
    private final Orders orders;
    private final Till till;
    private final CheckoutSettings settings;
    private final InstantSource clock;

    public Checkout(
            Catalogs catalogs,
            Customers customers,
            Orders orders,
            Till till,
            CheckoutSettings settings,
            InstantSource clock) {
        this.catalogs = catalogs;
        this.customers = new CustomerDesk(customers, till);
        this.orders = orders;
        this.till = till;
        this.settings = settings;
        this.clock = clock;
    }

    /** Opens a checkout session for what the buyer chose. Nothing is charged before the buyer pays on Stripe's page. */
    public Mono<StartResult> start(AccountId account, Choice choice, ReturnUrls urls) {
        return switch (catalogs.current().quote(choice)) {
            case Quote.UnknownPack _ -> Mono.just(new StartResult.UnknownPack());
            case Quote.UnknownPlan _, Quote.OfPlan _ -> Mono.just(new StartResult.UnknownPlan());
            case Quote.UnknownInterval(var there) -> Mono.just(new StartResult.UnknownInterval(there));
            case Quote.UnknownCurrency(var there) -> Mono.just(new StartResult.UnknownCurrency(there));
            case Quote.NoCustomAmounts _ -> Mono.just(new StartResult.NoCustomAmounts());
            case Quote.AmountOutOfBounds(var bounds) -> Mono.just(new StartResult.AmountOutOfBounds(bounds));
            case Quote.Priced offer ->
                customers
                        .customerOf(account)
                        .flatMap(customer -> place(account, customer, offer, urls))
                        .onErrorResume(
                                StripeUnavailableException.class, _ -> Mono.just(new StartResult.StripeUnavailable()));
        };
    }

    private Mono<StartResult> place(AccountId account, CustomerResult customer, Quote.Priced offer, ReturnUrls urls) {
        return switch (customer) {
            case CustomerResult.NotConfigured _ -> Mono.just(new StartResult.NotConfigured());
            case CustomerResult.Refused(String code) -> Mono.just(new StartResult.StripeRefused(code));
            case CustomerResult.Created(String customerId) ->
                order(account, customerId, offer, urls).flatMap(order -> open(order, urls));
        };
    }

    private Mono<Order> order(AccountId account, String customerId, Quote.Priced offer, ReturnUrls urls) {
        String fingerprint = Fingerprint.of(customerId, offer, urls);
        return orders.unanswered(account, fingerprint, settings.retryWindow())
                .switchIfEmpty(Mono.defer(() -> newOrder(account, customerId, offer, fingerprint)));
    }

    private Mono<Order> newOrder(AccountId account, String customerId, Quote.Priced offer, String fingerprint) {
        Order order = new Order(
                OrderId.random(),
                account,
                OrderState.INTENT,
                offer.title(),
                offer.credits(),
                offer.price().money(),
                customerId,
                fingerprint,
                clock.instant().plus(settings.sessionLifetime()).plus(settings.retryWindow()),
                null);
        return orders.add(order).thenReturn(order);
    }

    private Mono<StartResult> open(Order order, ReturnUrls urls) {
        return till.open(new SessionRequest(
                        order, urls.successTemplate(), urls.cancel().toString()))
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
