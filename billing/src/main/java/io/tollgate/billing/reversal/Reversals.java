package io.tollgate.billing.reversal;

import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.reversal.ReversalBook.AskResult;
import io.tollgate.billing.topup.Delivery;
import io.tollgate.metering.command.IssuedCommand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Brings the book to what Stripe says of a payment's refunds and disputes, and the live store to what the book says. Whoever hears
 * anything about a payment asks for a look at it: how often and in which order makes no difference.
 */
public final class Reversals {

    private static final Logger LOG = LoggerFactory.getLogger(Reversals.class);

    private final ChargesAtStripe charges;
    private final ReversalBook book;
    private final LiveRemains remains;
    private final Delivery delivery;
    private final ReversalMetrics metrics;

    public Reversals(
            ChargesAtStripe charges,
            ReversalBook book,
            LiveRemains remains,
            Delivery delivery,
            ReversalMetrics metrics) {
        this.charges = charges;
        this.book = book;
        this.remains = remains;
        this.delivery = delivery;
        this.metrics = metrics;
    }

    /**
     * Asks Stripe what went back of the payment, and writes down what is new. Signals {@link
     * io.tollgate.billing.checkout.StripeUnavailableException}.
     */
    public Mono<Booked> look(Payment payment) {
        String intent = payment.paymentIntent();
        return intent == null
                ? Mono.just(Booked.NOTHING)
                : charges.read(intent)
                        .flatMap(reading -> book(payment, reading))
                        .defaultIfEmpty(Booked.NOTHING);
    }

    /** Writes down what Stripe has said, as far as it is new. */
    public Mono<Booked> book(Payment payment, Reading reading) {
        return remains.forTaking(payment)
                .flatMap(left -> book.book(payment, reading, left))
                .flatMap(booked -> follow(payment, booked));
    }

    /** Opens a request and takes what goes back with it. Asking Stripe is the caller's part. */
    public Mono<AskResult> ask(Payment payment, RefundRequest request) {
        return remains.forTaking(payment)
                .flatMap(left -> book.ask(payment, request, left))
                .flatMap(result -> result instanceof AskResult.Asked(var _, Booked booked)
                        ? follow(payment, booked).thenReturn(result)
                        : Mono.just(result));
    }

    /** Closes a request that Stripe refused and gives back what was taken for it. */
    public Mono<Booked> refuse(Payment payment, RefundRequest request, String code) {
        return remains.forTaking(payment)
                .flatMap(left -> book.refuse(payment, request, code, left))
                .flatMap(booked -> follow(payment, booked));
    }

    /** Freezes the payer's account, once per cause; an operator thaws it. */
    public Mono<Booked> freeze(Payment payment, String cause) {
        return book.freeze(payment, cause).flatMap(booked -> follow(payment, booked));
    }

    private Mono<Booked> follow(Payment payment, Booked booked) {
        metrics.booked(payment, booked);
        return Flux.fromIterable(booked.commands()).concatMap(this::push).then(Mono.just(booked));
    }

    // It is booked and issued: whatever happens to this push, the courier sees to it.
    private Mono<Void> push(IssuedCommand command) {
        return delivery.push(command).onErrorResume(failure -> {
            LOG.atWarn()
                    .setCause(failure)
                    .addKeyValue("account", command.account())
                    .addKeyValue("command", command.number())
                    .log("reversal_push_failed");
            return Mono.empty();
        });
    }
}
