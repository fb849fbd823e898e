package io.tollgate.billing.reversal;

import io.tollgate.billing.payment.Payment;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What goes back, in the book. Each method writes, in one SQL transaction under the account's lock, what is new and all that follows
 * from it: the credit that is taken or given back, the money in the ledger, freezes, notices. Doing it again, or with an older
 * reading, changes nothing.
 *
 * <p>{@code left} says what is left of lots whose grants have no basis, as the live store has them.
 */
public interface ReversalBook {

    /** Writes down what Stripe says. */
    Mono<Booked> book(Payment payment, Reading reading, Remains left);

    /** Opens a request, unless its cause has opened one before or it is for more than is left of the payment. */
    Mono<AskResult> ask(Payment payment, RefundRequest request, Remains left);

    /** Closes a request that Stripe refused, unless it was answered after all, and gives back what was taken for it. */
    Mono<Booked> refuse(Payment payment, RefundRequest request, String code, Remains left);

    /** Freezes the account for a cause that is no dispute, once. */
    Mono<Booked> freeze(Payment payment, String cause);

    /** Gives up on an attempt whose failure Stripe would repeat, unless someone did before. */
    Mono<Void> abandon(RefundRequest request);

    /** Marks the plan of a request as ended. */
    Mono<Void> ended(RefundRequest request);

    /** Empty if there is none. */
    Mono<RefundRequest> request(String id);

    /** The request of this cause; empty if there is none. */
    Mono<RefundRequest> requestOf(String causeId);

    /**
     * The customer's own request about a payment; empty if there is none. One that was refused counts for an hour: each new one takes
     * the credit, asks Stripe and gives it back.
     */
    Mono<RefundRequest> moneyBackOf(String payment);

    /**
     * Takes requests that nobody knows the answer to, or whose plan has not ended, for whoever asks now: each is due again after a
     * pause that doubles from {@code first} to {@code longest}.
     */
    Flux<RefundRequest> takeDue(Duration first, Duration longest, int limit);

    /** What is out of a payment and to be left, by the book. */
    Mono<Claims> claims(Payment payment);

    /** The grant of a payment and those that came back in its place. */
    Flux<Long> grantsOf(Payment payment);

    /** Whether a customer at Stripe is one of ours: then what is not known yet will be. */
    Mono<Boolean> isOurs(String customer);

    /** What became of a request. */
    sealed interface AskResult {
        record Asked(RefundRequest request, Booked booked) implements AskResult {}

        /** The same cause asked before; nothing was done. */
        record AskedBefore(RefundRequest request) implements AskResult {}

        /** More than {@code leftMinor}, which is what can still go back of the payment; nothing was done. */
        record BeyondPaid(long leftMinor) implements AskResult {}
    }
}
