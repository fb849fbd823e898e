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
 * @param causeId for a top-up the checkout session, for an operator's grant the idempotency key
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

    /** Where credit comes from. */
    public enum Cause {
        TOP_UP,
        OPERATOR
    }

    public Grant {
        if (amount.isZero()) {
            throw new IllegalArgumentException("a grant of zero credits");
        }
    }
}
