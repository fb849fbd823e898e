package io.tollgate.billing.payment;

import io.tollgate.metering.account.AccountId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The payments in the book. Append-only. */
public interface Payments {

    /**
     * Writes it down in the caller's SQL transaction, which also gives what it bought, or in one of its own if there is none. False,
     * and nothing done, if a payment of this id, payment intent, invoice or session is there.
     */
    Mono<Boolean> add(Payment payment);

    /** Empty if there is none; the same for the others. */
    Mono<Payment> find(String id);

    Mono<Payment> ofIntent(String paymentIntent);

    Mono<Payment> ofInvoice(String invoice);

    /**
     * An account's payments, newest first.
     *
     * @param before the id of the payment the page before ended with; null for the first page
     */
    Flux<Payment> of(AccountId account, @Nullable String before, int limit);
}
