package io.tollgate.billing.reversal;

import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.payment.Payments;
import io.tollgate.billing.webhook.Handling;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Finds the payment that an object at Stripe is about. */
public final class PaidIntents {

    private final ChargesAtStripe charges;
    private final Payments payments;
    private final ReversalBook book;

    public PaidIntents(ChargesAtStripe charges, Payments payments, ReversalBook book) {
        this.charges = charges;
        this.payments = payments;
        this.book = book;
    }

    /**
     * Does the work on the payment that the object is about. What is about nobody's payment here is ignored; a customer's payment that
     * the book does not have yet is waited for.
     */
    public Mono<Handling> handle(@Nullable String object, Function<Payment, Mono<Void>> work) {
        if (object == null) {
            return Mono.just(Handling.ignored());
        }
        return charges.originOf(object)
                .flatMap(origin -> handle(origin, work))
                .defaultIfEmpty(new Handling.Later("Stripe has nothing of this id"));
    }

    private Mono<Handling> handle(ChargesAtStripe.Origin origin, Function<Payment, Mono<Void>> work) {
        String intent = origin.intent();
        return intent == null
                ? Mono.just(Handling.ignored())
                : payments.ofIntent(intent)
                        .flatMap(payment -> work.apply(payment).thenReturn(Handling.done()))
                        .switchIfEmpty(Mono.defer(() -> unknown(intent)));
    }

    private Mono<Handling> unknown(String intent) {
        return charges.customerOf(intent)
                .flatMap(book::isOurs)
                .<Handling>map(ours -> ours ? new Handling.Later("no payment of this intent yet") : Handling.ignored())
                .defaultIfEmpty(Handling.ignored());
    }
}
