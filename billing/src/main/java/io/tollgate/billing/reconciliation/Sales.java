package io.tollgate.billing.reconciliation;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What Stripe lists as sold: checkout sessions, or what was charged to saved cards. */
public interface Sales {

    /**
     * A session that was completed, or a payment intent.
     *
     * @param reference what it was begun for, in our words; null if it was not begun by us
     * @param account whose, by its metadata
     * @param subscription null for what is paid once
     */
    record Sale(
            String id,
            Settlement settlement,
            String currency,
            long totalMinor,
            @Nullable String reference,
            @Nullable String account,
            @Nullable String subscription) {}

    /** Whether the money is there. */
    enum Settlement {
        PAID,
        /** There was nothing to pay. */
        NOTHING_DUE,
        UNPAID
    }

    /** A page of those begun in the period and completed since, youngest first. */
    Mono<Listed<Sale>> page(Period period, @Nullable String after);
}
