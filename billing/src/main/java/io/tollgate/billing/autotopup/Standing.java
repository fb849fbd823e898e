package io.tollgate.billing.autotopup;

import io.tollgate.metering.account.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Everything in the book that decides whether an account's card may be charged now.
 *
 * @param wish null if the account never said
 * @param customer at Stripe; null if it has none
 * @param active neither frozen nor closed, nor about to be
 * @param creditMicros booked, and what has been given but is not booked yet
 * @param open the state of the attempt that is open; null if none is
 * @param confirmUrl where the open attempt can be confirmed
 * @param lastStarted when the latest attempt began
 * @param spentMinor what attempts of this month came to, the open one included
 */
public record Standing(
        AccountId account,
        @Nullable AutoTopUp wish,
        @Nullable Card card,
        @Nullable String customer,
        Behaviour behaviour,
        boolean active,
        long creditMicros,
        @Nullable AttemptState open,
        @Nullable String confirmUrl,
        @Nullable Instant lastStarted,
        long spentMinor) {

    /**
     * How the card has behaved.
     *
     * @param failures since it was last charged
     * @param blockedUntil null if it may be charged
     */
    public record Behaviour(int failures, @Nullable Instant blockedUntil) {}
}
