package io.tollgate.billing.order;

import io.tollgate.metering.account.AccountId;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The orders in the book. No change ever leads out of {@link OrderState#GRANTED} or {@link OrderState#COMPLETED}. */
public interface Orders {

    /** Writes down a new order before Stripe hears of it. */
    Mono<Void> add(Order order);

    /**
     * As {@link #add} for an order with a trial, which an account gets once. Answers the order as it was written: without the trial
     * if the account has had it, or has it with another order that has not come to nothing.
     */
    Mono<Order> addWithTrial(Order order);

    /** Empty if there is no such order. */
    Mono<Order> find(OrderId id);

    /** The order this checkout session was opened for; empty if there is none. */
    Mono<Order> ofSession(String sessionId);

    /** The plan's order whose checkout began this subscription; empty if there is none. */
    Mono<Order> ofSubscription(String subscriptionId);

    /** The account's orders of plans whose checkout may still be finished, youngest first. */
    Flux<Order> openPlans(AccountId account, int limit);

    /** The account's youngest order with this fingerprint that Stripe has not answered and that is at most {@code age} old. */
    Mono<Order> unanswered(AccountId account, String fingerprint, Duration age);

    /** Records the session. Answers the order as it then is: its session is another one if one was recorded before. */
    Mono<Order> opened(OrderId id, String sessionId);

    /**
     * Moves the order on where that is a step forward, else does nothing: {@link OrderState#AWAITING_PAYMENT} follows only an
     * order whose end is open.
     */
    Mono<Void> moveTo(OrderId id, OrderState state);

    /**
     * Takes orders whose end is open and whose next check is due, and puts their next check off: twice as long each time, from
     * {@code first} to at most {@code longest}.
     */
    Flux<Order> takeDue(Duration first, Duration longest, int limit);
}
