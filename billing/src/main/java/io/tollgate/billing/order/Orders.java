package io.tollgate.billing.order;

import io.tollgate.metering.account.AccountId;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The orders in the book. No change ever leads out of {@link OrderState#GRANTED}. */
public interface Orders {

    /** Writes down a new order before Stripe hears of it. */
    Mono<Void> add(Order order);

    /** Empty if there is no such order. */
    Mono<Order> find(OrderId id);

    /** The order this checkout session was opened for; empty if there is none. */
    Mono<Order> ofSession(String sessionId);

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
