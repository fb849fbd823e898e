package io.tollgate.billing.reconciliation;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What Stripe has given back, or is being asked to. */
public interface ReturnedMoney {

    /**
     * A refund or a dispute.
     *
     * @param intent the payment intent it is about; null for payments that are none of ours
     * @param charge null likewise
     * @param status in Stripe's words
     */
    record Returned(
            String id, @Nullable String intent, @Nullable String charge, String currency, long minor, String status) {}

    /** A page of the refunds made in the period, youngest first. */
    Mono<Listed<Returned>> refunds(Period period, @Nullable String after);

    Mono<Listed<Returned>> disputes(Period period, @Nullable String after);

    /** All that was refunded of a charge. */
    Mono<Long> refundedOf(String charge);
}
