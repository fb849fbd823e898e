package io.tollgate.billing.reversal.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.billing.reversal.Remains;
import io.tollgate.metering.credit.Credits;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A grant of a payment, or one that came back in its place, and what can still be taken of it.
 *
 * @param paidMinor its basis; null for an allowance, which was not bought
 * @param takenAt when credit was last taken for the payment; null if it never was
 */
record TakeableGrant(
        long number,
        Credits amount,
        @Nullable Long paidMinor,
        int priority,
        @Nullable Instant expiresAt,
        long takeableMicros,
        @Nullable Instant takenAt,
        Instant lookedAt) {

    static TakeableGrant of(Readable row) {
        return new TakeableGrant(
                requireNonNull(row.get("number", Long.class)),
                Credits.ofMicros(requireNonNull(row.get("amount_micros", Long.class))),
                row.get("paid_minor", Long.class),
                requireNonNull(row.get("priority", Integer.class)),
                row.get("expires_at", Instant.class),
                requireNonNull(row.get("takeable_micros", Long.class)),
                row.get("taken_at", Instant.class),
                requireNonNull(row.get("looked_at", Instant.class)));
    }

    /** Of credit that was not bought only what is left: what was used of it in its period is no debt of the next one. */
    Credits takeable(Remains left) {
        long most = Math.max(0, takeableMicros);
        return Credits.ofMicros(
                paidMinor != null ? most : Math.min(most, left.of(number).micros()));
    }

    /** When what is given back in its place expires: as long from now as was left when it was taken. */
    @Nullable
    Instant expiryNow() {
        Instant expiry = expiresAt;
        Instant taken = takenAt;
        if (expiry == null || taken == null) {
            return expiry;
        }
        Duration away = Duration.between(taken, lookedAt);
        return expiry.plus(away);
    }
}
