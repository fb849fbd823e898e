package io.tollgate.metering.grant.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Grant;
import io.tollgate.metering.grant.Grants.GrantResult;
import io.tollgate.metering.ledger.Money;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a grant is judged by.
 *
 * @param before what was given for the same cause, null if nothing was
 * @param boundMicros the most the account may come to hold without the grant; below zero in debt
 */
record Standing(@Nullable GivenBefore before, long boundMicros) {

    /** The grant of the same cause that came first. */
    record GivenBefore(
            long number,
            AccountId account,
            Credits amount,
            @Nullable Money paid) {

        boolean sameAs(Grant grant) {
            return account.equals(grant.account())
                    && amount.equals(grant.amount())
                    && Objects.equals(paid, grant.paid());
        }
    }

    /** Null if the cause is new. */
    @Nullable
    GrantResult answerTo(Grant grant) {
        if (before == null) {
            return null;
        }
        return before.sameAs(grant)
                ? new GrantResult.GivenBefore(before.number())
                : new GrantResult.Conflict(before.amount());
    }

    Credits allowed() {
        long left = Credits.MICROS_MAX - boundMicros;
        return Credits.ofMicros(Math.clamp(left, 0, Credits.MICROS_MAX));
    }

    static Standing of(Readable row) {
        Long number = row.get("number", Long.class);
        return new Standing(
                number == null ? null : before(row, number), requireNonNull(row.get("bound_micros", Long.class)));
    }

    private static GivenBefore before(Readable row, long number) {
        Long paid = row.get("paid_minor", Long.class);
        return new GivenBefore(
                number,
                new AccountId(requireNonNull(row.get("account", String.class))),
                Credits.ofMicros(requireNonNull(row.get("amount_micros", Long.class))),
                paid == null ? null : new Money(paid, requireNonNull(row.get("currency", String.class))));
    }
}
