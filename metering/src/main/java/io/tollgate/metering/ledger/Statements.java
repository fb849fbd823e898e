package io.tollgate.metering.ledger;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** What happened to an account's credit, as the book has it: each line with its cause and the balance behind it. */
public interface Statements {

    /** What a line is about. */
    enum Kind {
        /** A call was charged. */
        USAGE,
        /** Credit was given, bought or not. */
        GRANT,
        /** An allowance came in the place of the one before: the amount is what it brought less what ended for it. */
        ALLOWANCE,
        /** Allowances ended before their time: a plan was lost. */
        ALLOWANCE_END,
        /** Credit went unused until its end. */
        EXPIRY,
        CLAWBACK,
        FREEZE,
        THAW,
        CLOSE
    }

    /** One lot's part in a line. */
    record LotPart(long grant, Credits amount) {}

    /**
     * What a line of usage is about. Tokens are all of their side, cached and reasoned ones too.
     *
     * @param route null where nothing is known of it
     * @param waived what it would have cost, had its caller not been exempt from charging
     */
    record Call(@Nullable String route, @Nullable String model, long inputTokens, long outputTokens, Credits waived) {}

    /**
     * One line.
     *
     * @param place to page on from
     * @param origin where given credit comes from, as {@code Grant.Cause} names it; null on other lines
     * @param cause for a call its hold's id, for given credit, clawbacks and ends of allowances what they were for, for a state the command's id; for an
     *     expiry the hold that had kept the credit or empty
     * @param amountMicros by how much posted changed: below zero for what was used, expired or taken back
     * @param uncollectedMicros what was used or to be taken back beyond that, and is written off
     * @param lots which lot paid, gave, or was filled
     * @param expired which lots' credit went unused
     * @param balanceMicros posted, behind this line; below zero is debt
     * @param call null on other lines
     */
    record Line(
            StatementPlace place,
            Instant at,
            Kind kind,
            @Nullable String origin,
            String cause,
            long amountMicros,
            long uncollectedMicros,
            List<LotPart> lots,
            List<LotPart> expired,
            long balanceMicros,
            @Nullable Call call) {

        public Line {
            lots = List.copyOf(lots);
            expired = List.copyOf(expired);
        }
    }

    /**
     * Newest first, at most {@code limit}; none for an account that does not exist. Calls that are older than usage events are kept
     * are not there any more: the balance before the oldest line is not zero then.
     *
     * @param before where the last page ended, null for the newest lines
     */
    Flux<Line> of(AccountId account, @Nullable StatementPlace before, int limit);
}
