package io.tollgate.metering.grant;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Credit to be given.
 *
 * @param cause what it is for; with {@code causeId} it is granted once, whoever asks and how often
 * @param causeId for a top-up the checkout session, for an operator's grant the idempotency key, for what
 *     is reinstated the refund or dispute
 * @param paid what was paid for it, the lot's basis; null for credit that was not bought
 * @param priority lower burns first
 * @param expiresAt null for never
 */
public record Grant(
        AccountId account,
        Credits amount,
        Cause cause,
        String causeId,
        @Nullable Money paid,
        int priority,
        @Nullable Instant expiresAt) {

    public static final int DEFAULT_PRIORITY = 100;

    /** What an expiry can be, for people. */
    public static final String EXPIRY_ALLOWED = "a time from 1970-01-01T00:00:00.001Z to 9999-12-31T23:59:59.999Z";

    private static final Instant EARLIEST = Instant.ofEpochMilli(1);
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    /** Where credit comes from. */
    public enum Cause {
        TOP_UP,
        OPERATOR,
        /** For a period; the next one replaces it. */
        ALLOWANCE,
        /** What was taken back for a refund or a dispute that came to nothing. */
        REINSTATED
    }

    public Grant {
        if (amount.isZero()) {
            throw new IllegalArgumentException("a grant of zero credits");
        }
        if (!CauseId.isAllowed(causeId)) {
            throw new IllegalArgumentException("a grant's cause id has " + CauseId.ALLOWED);
        }
        if (expiresAt != null && !isAllowed(expiresAt)) {
            throw new IllegalArgumentException("a grant's expiry is " + EXPIRY_ALLOWED);
        }
    }

    /** Millisecond 0 would mean never; beyond the year 9999 neither store counts alike. */
    public static boolean isAllowed(Instant expiry) {
        return !expiry.isBefore(EARLIEST) && !expiry.isAfter(LATEST);
    }
}
