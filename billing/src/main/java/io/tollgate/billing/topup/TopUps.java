package io.tollgate.billing.topup;

import io.tollgate.billing.checkout.CheckoutSession;
import io.tollgate.billing.checkout.Till;
import io.tollgate.billing.order.Order;
import io.tollgate.billing.order.OrderId;
import io.tollgate.billing.order.OrderState;
import io.tollgate.billing.order.Orders;
import io.tollgate.billing.topup.FulfilResult.Reason;
import io.tollgate.billing.topup.TopUpBook.BookResult;
import io.tollgate.metering.command.IssuedCommand;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Turns paid sessions into credit. Webhooks, the success page and the reconciler all ask the same question of Stripe ("is it
 * paid?") and then race for the same row, so that their number and order make no difference.
 */
public final class TopUps {

    private static final Logger LOG = LoggerFactory.getLogger(TopUps.class);
    private static final Pattern SESSION_ID = Pattern.compile("cs_[A-Za-z0-9_]{1,250}");

    private final Orders orders;
    private final Till till;
    private final TopUpBook book;
    private final Delivery delivery;
    private final PlanStarts plans;
    private final Verdicts verdicts;
    private final TopUpMetrics metrics;

    public TopUps(
            Orders orders,
            Till till,
            TopUpBook book,
            Delivery delivery,
            PlanStarts plans,
            Verdicts verdicts,
            TopUpMetrics metrics) {
        this.orders = orders;
        this.till = till;
        this.book = book;
        this.delivery = delivery;
        this.plans = plans;
        this.verdicts = verdicts;
        this.metrics = metrics;
    }

    /** What our book says of a session, without asking Stripe; empty if it was opened for no order of ours. */
    public Mono<TopUpStatus> status(String sessionId) {
        return orderOf(sessionId)
                .map(order -> new TopUpStatus(
                        order.id(), order.account(), order.credits(), order.price(), order.state(), order.plan()));
    }

    /**
     * Gives the credit of a session if it is paid. Stripe is asked only about sessions our book knows and has not closed, so
     * made-up ids cost it nothing. Signals {@link io.tollgate.billing.checkout.StripeUnavailableException}.
     */
    public Mono<FulfilResult> fulfil(String sessionId, AskedBy askedBy) {
        return orderOf(sessionId)
                .flatMap(order -> fulfil(order, sessionId, askedBy))
                .defaultIfEmpty(new FulfilResult.Unknown());
    }

    /**
     * As {@link #fulfil} for a session that Stripe itself has told us of: where our book does not know it, because the outcome of
     * opening it was lost, Stripe is asked which order it was opened for.
     */
    public Mono<FulfilResult> adopt(String sessionId, AskedBy askedBy) {
        return orderOf(sessionId)
                .flatMap(order -> fulfil(order, sessionId, askedBy))
                .switchIfEmpty(Mono.defer(() -> adoptUnknown(sessionId, askedBy)))
                .defaultIfEmpty(new FulfilResult.Unknown());
    }

    /** Closes the order of a session whose payment has failed, unless Stripe by now says that it was paid. */
    public Mono<FulfilResult> paymentFailed(String sessionId, AskedBy askedBy) {
        return adopt(sessionId, askedBy).flatMap(result -> switch (result) {
            case FulfilResult.AwaitingPayment(var account) ->
                orderOf(sessionId).flatMap(book::fail).thenReturn(new FulfilResult.PaymentFailed(account));
            default -> Mono.just(result);
        });
    }

    private Mono<Order> orderOf(String sessionId) {
        return SESSION_ID.matcher(sessionId).matches() ? orders.ofSession(sessionId) : Mono.empty();
    }

    private Mono<FulfilResult> adoptUnknown(String sessionId, AskedBy askedBy) {
        if (!SESSION_ID.matcher(sessionId).matches()) {
            return Mono.empty();
        }
        return till.session(sessionId).flatMap(session -> {
            OrderId reference = reference(session.reference());
            return reference == null ? Mono.just(new FulfilResult.NotOurs()) : adopt(reference, session, askedBy);
        });
    }

    private Mono<FulfilResult> adopt(OrderId reference, CheckoutSession session, AskedBy askedBy) {
        return orders.find(reference)
                .flatMap(order -> orders.opened(order.id(), session.id()))
                .filter(order -> session.id().equals(order.sessionId()))
                .flatMap(order -> settle(order, session, askedBy));
    }

    private static @Nullable OrderId reference(@Nullable String text) {
        return text != null && OrderId.isValid(text) ? new OrderId(text) : null;
    }

    private Mono<FulfilResult> fulfil(Order order, String sessionId, AskedBy askedBy) {
        if (order.isOver()) {
            return Mono.just(before(order));
        }
        return till.session(sessionId).flatMap(session -> settle(order, session, askedBy));
    }

    private static FulfilResult before(Order order) {
        return order.state() == OrderState.COMPLETED
                ? new FulfilResult.PlanBegun(order.account(), order.credits())
                : new FulfilResult.GrantedBefore(order.account(), order.credits());
    }

    private Mono<FulfilResult> settle(Order order, CheckoutSession session, AskedBy askedBy) {
        return switch (verdicts.on(order, session)) {
            case BEGIN -> begin(order, session);
            case GRANT -> book.book(order, session).flatMap(result -> booked(order, result, askedBy));
            case PAID_SOMETHING_ELSE -> withheld(order, Reason.PAID_SOMETHING_ELSE);
            case PAID_NOTHING -> withheld(order, Reason.PAID_NOTHING);
            case OPEN -> Mono.just(new FulfilResult.AwaitingPayment(order.account()));
            case ON_ITS_WAY -> onItsWay(order);
            case EXPIRED ->
                orders.moveTo(order.id(), OrderState.EXPIRED).thenReturn(new FulfilResult.Expired(order.account()));
        };
    }

    private Mono<FulfilResult> begin(Order order, CheckoutSession session) {
        String subscription = session.outcome().subscription();
        if (subscription == null) {
            return withheld(order, Reason.PAID_SOMETHING_ELSE);
        }
        return plans.begun(order, subscription)
                .then(book.complete(order, session, subscription))
                .doOnNext(first -> {
                    if (first) {
                        metrics.begun(order, subscription);
                    }
                })
                .thenReturn(new FulfilResult.PlanBegun(order.account(), order.credits()));
    }

    // Stripe's session looks the same before and after a failed payment; only its event tells.
    private Mono<FulfilResult> onItsWay(Order order) {
        return order.state() == OrderState.FAILED
                ? Mono.just(new FulfilResult.PaymentFailed(order.account()))
                : orders.moveTo(order.id(), OrderState.AWAITING_PAYMENT)
                        .thenReturn(new FulfilResult.AwaitingPayment(order.account()));
    }

    private Mono<FulfilResult> booked(Order order, BookResult result, AskedBy askedBy) {
        return switch (result) {
            case BookResult.Booked(IssuedCommand command) -> {
                metrics.granted(order, askedBy);
                yield push(command).thenReturn(new FulfilResult.Granted(order.account(), order.credits()));
            }
            case BookResult.BookedBefore _ ->
                Mono.just(new FulfilResult.GrantedBefore(order.account(), order.credits()));
            case BookResult.Refused(Reason reason) -> withheld(order, reason);
        };
    }

    // The credit is booked and its command issued: whatever happens to this push, the courier sees to it.
    private Mono<Void> push(IssuedCommand command) {
        return delivery.push(command).onErrorResume(failure -> {
            LOG.atWarn()
                    .setCause(failure)
                    .addKeyValue("account", command.account())
                    .addKeyValue("command", command.number())
                    .log("topup_push_failed");
            return Mono.empty();
        });
    }

    private Mono<FulfilResult> withheld(Order order, Reason reason) {
        metrics.withheld(order, reason);
        return book.withhold(order, reason).thenReturn(new FulfilResult.Withheld(order.account(), reason));
    }
}
