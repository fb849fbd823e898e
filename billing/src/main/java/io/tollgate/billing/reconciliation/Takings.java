package io.tollgate.billing.reconciliation;

import reactor.core.publisher.Mono;

/** What Stripe says it took for something. */
public interface Takings {

    /** Money taken; zero if it was not, or not yet. */
    record Taken(String currency, long minor, boolean settled) {}

    /** By a payment intent; empty if Stripe has no such thing. The same for the others. */
    Mono<Taken> byIntent(String intent);

    Mono<Taken> bySession(String session);

    Mono<Taken> byInvoice(String invoice);
}
