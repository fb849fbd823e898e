package io.tollgate.billing.reconciliation;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Checkout sessions as Stripe lists them. */
public interface SoldSessions {

    /**
     * A session that was completed.
     *
     * @param reference what it was opened for, in our words; null if it was not opened by us
     * @param account whose, by its metadata
     * @param subscription null for what is paid once
     */
    record SoldSession(
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

    /** A page of those opened in the period and completed since, youngest first. */
    Mono<Listed<SoldSession>> page(Period period, @Nullable String after);
}
