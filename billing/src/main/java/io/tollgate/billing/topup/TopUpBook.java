package io.tollgate.billing.topup;

import io.tollgate.billing.checkout.CheckoutSession;
import io.tollgate.billing.order.Order;
import io.tollgate.metering.command.IssuedCommand;
import reactor.core.publisher.Mono;

/** Where a paid order becomes credit. */
public interface TopUpBook {

    /**
     * Closes the order and gives its credit, both or neither. Any number of callers may try at once: one is told {@link
     * BookResult.Booked}.
     */
    Mono<BookResult> book(Order order, CheckoutSession session);

    /** Closes the order of a plan whose subscription has begun. False if it was closed before. */
    Mono<Boolean> complete(Order order, CheckoutSession session, String subscriptionId);

    /** Closes an order whose payment failed after the buyer was done, and tells the buyer, both or neither. */
    Mono<Void> fail(Order order);

    /** Marks an order as paid but not given. */
    Mono<Void> withhold(Order order, FulfilResult.Reason reason);

    /** What became of it. */
    sealed interface BookResult {
        /** Given now: {@code command} is to be pushed. */
        record Booked(IssuedCommand command) implements BookResult {}

        record BookedBefore() implements BookResult {}

        /** Nothing was written. */
        record Refused(FulfilResult.Reason reason) implements BookResult {}
    }
}
