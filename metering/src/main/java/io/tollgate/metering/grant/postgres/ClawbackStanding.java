package io.tollgate.metering.grant.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Clawbacks.ClawbackResult;
import io.tollgate.metering.grant.postgres.PostgresClawbacks.Wanted;
import org.jspecify.annotations.Nullable;

/**
 * What a clawback is judged by.
 *
 * @param before what was taken for the same cause, null if nothing was
 * @param granted by the grant it is about, null if the account was given no such grant
 * @param taken of that grant, for other causes
 */
record ClawbackStanding(
        @Nullable TakenBefore before, @Nullable Credits granted, Credits taken) {

    /** The clawback of the same cause that came first. */
    record TakenBefore(long number, AccountId account, long grant, Credits amount) {

        ClawbackResult answerTo(Wanted wanted) {
            Difference difference = new Difference.Search()
                    .compare("account", account, wanted.account())
                    .compare("grant", grant, wanted.grant())
                    .compare("credits", amount, wanted.amount())
                    .first();
            return difference == null
                    ? new ClawbackResult.TakenBefore(number)
                    : new ClawbackResult.Conflict(difference.field(), difference.before());
        }
    }

    /** Null if it may be taken. */
    @Nullable
    ClawbackResult answerTo(Wanted wanted) {
        if (before != null) {
            return before.answerTo(wanted);
        }
        if (granted == null) {
            return new ClawbackResult.NoSuchGrant(wanted.grant());
        }
        Credits allowed = granted.minus(taken);
        return wanted.amount().exceeds(allowed) ? new ClawbackResult.BeyondGrant(allowed) : null;
    }

    static ClawbackStanding of(Readable row) {
        Long number = row.get("number", Long.class);
        Long granted = row.get("granted_micros", Long.class);
        return new ClawbackStanding(
                number == null
                        ? null
                        : new TakenBefore(
                                number,
                                new AccountId(requireNonNull(row.get("account", String.class))),
                                requireNonNull(row.get("grant_number", Long.class)),
                                Credits.ofMicros(requireNonNull(row.get("amount_micros", Long.class)))),
                granted == null ? null : Credits.ofMicros(granted),
                Credits.ofMicros(requireNonNull(row.get("taken_micros", Long.class))));
    }
}
