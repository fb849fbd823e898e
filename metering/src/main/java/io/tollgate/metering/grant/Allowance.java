package io.tollgate.metering.grant;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Credit for a period, in the place of what the periods before have left.
 *
 * @param causeId the period it is for, as whoever gives it names it
 * @param rollover how much of the earlier allowances lives on, at most; zero to start anew
 * @param priority lower burns first
 * @param expiresAt null for never
 */
public record Allowance(
        AccountId account,
        String causeId,
        Credits amount,
        Credits rollover,
        int priority,
        @Nullable Instant expiresAt) {

    /** Before bought credit, which does not end with the period. */
    public static final int DEFAULT_PRIORITY = 50;
}
