package io.tollgate.metering.grant.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Grant;
import io.tollgate.metering.ledger.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a grant is judged by.
 *
 * @param before what was given for the same cause, null if nothing was
 * @param boundMicros the most the account may come to hold without the grant; below zero in debt
 * @param now the book's clock
 */
record Standing(@Nullable GivenBefore before, long boundMicros, Instant now) {

    /** The grant of the same cause that came first. */
    record GivenBefore(
            long number,
            AccountId account,
            Credits amount,
            @Nullable Money paid,
            int priority,
            @Nullable Instant expiresAt,
            @Nullable Credits rollover) {

        /** In what the grant differs from this one, null if in nothing. */
        @Nullable
        Difference from(Grant grant, @Nullable Credits wantedRollover) {
            return new Difference.Search()
                    .compare("account", account, grant.account())
                    .compare("credits", amount, grant.amount())
                    .compare("paid", text(paid), text(grant.paid()))
                    .compare("rollover", String.valueOf(rollover), String.valueOf(wantedRollover))
                    .compare("priority", priority, grant.priority())
                    .compare("expires_at", text(expiresAt), text(grant.expiresAt()))
                    .first();
        }

        private static String text(@Nullable Money money) {
            return money == null ? "nothing" : money.minor() + " " + money.currency();
        }

        // As exact as the live store.
        private static String text(@Nullable Instant expiry) {
            return expiry == null
                    ? "never"
                    : Instant.ofEpochMilli(expiry.toEpochMilli()).toString();
        }
    }

    boolean allows(Credits amount) {
        return !amount.exceeds(allowed());
    }

    Credits allowed() {
        long left = Credits.MICROS_MAX - boundMicros;
        return Credits.ofMicros(Math.clamp(left, 0, Credits.MICROS_MAX));
    }

    static Standing of(Readable row) {
        Long number = row.get("number", Long.class);
        return new Standing(
                number == null ? null : before(row, number),
                requireNonNull(row.get("bound_micros", Long.class)),
                requireNonNull(row.get("considered_at", Instant.class)));
    }

    private static GivenBefore before(Readable row, long number) {
        Long paid = row.get("paid_minor", Long.class);
        Long rollover = row.get("rollover_micros", Long.class);
        return new GivenBefore(
                number,
                new AccountId(requireNonNull(row.get("account", String.class))),
                Credits.ofMicros(requireNonNull(row.get("amount_micros", Long.class))),
                paid == null ? null : new Money(paid, requireNonNull(row.get("currency", String.class))),
                requireNonNull(row.get("priority", Integer.class)),
                row.get("expires_at", Instant.class),
                rollover == null ? null : Credits.ofMicros(rollover));
    }
}
