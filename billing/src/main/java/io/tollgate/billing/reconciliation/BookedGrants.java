package io.tollgate.billing.reconciliation;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Credit in the book that must have been paid for. */
public interface BookedGrants {

    /**
     * A grant and the payment that it was given for.
     *
     * @param number of the grant
     * @param payment null if the book has none; then the rest is null too
     * @param intent Stripe's payment intent; null if nothing was charged
     */
    record PaidGrant(
            long number,
            String account,
            String causeId,
            @Nullable String payment,
            @Nullable String intent,
            @Nullable String session,
            @Nullable String invoice,
            @Nullable Long paidMinor,
            @Nullable String currency) {}

    /** A page of those given in the period, eldest first. */
    Mono<Listed<PaidGrant>> page(Period period, @Nullable String after);
}
