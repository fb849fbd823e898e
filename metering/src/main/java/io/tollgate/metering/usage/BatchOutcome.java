package io.tollgate.metering.usage;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.ledger.LedgerTransaction;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a batch changes in the book, in absolute terms.
 *
 * @param ends the holds that ended
 * @param accountEvents what else happened to accounts
 * @param accounts where the accounts stand now
 * @param filledLots lots that came to be, as they are now
 * @param changedLots as they are now, lots that were there before
 * @param commands those now booked as applied
 * @param drifts where the live store counted otherwise
 * @param quarantined entries that could not be booked
 */
public record BatchOutcome(
        List<HoldEnd> ends,
        List<AccountEvent> accountEvents,
        Map<AccountId, BookState.Position> accounts,
        Map<Long, BookState.LotState> filledLots,
        Map<Long, BookState.LotState> changedLots,
        List<LedgerTransaction> ledger,
        List<BookState.CommandKey> commands,
        List<Drift> drifts,
        List<Quarantined> quarantined) {

    /** Whether something does not fit what the book knew before; not counting what only follows such an entry. */
    public boolean hasContradictions() {
        return quarantined.stream().anyMatch(entry -> entry.cause() == Quarantined.Cause.CANNOT_BE_BOOKED);
    }

    /** The usage event of a hold, under the hold's id; its posted is the book's. */
    public record HoldEnd(UUID hold, Partition partition, UsageEvent event) {}

    /**
     * The first event of an account, in a batch, after which live store and book had different credit posted. It is booked all the
     * same: what it did is known, what went wrong before is not.
     */
    public record Drift(AccountId account, EventPosition position, long liveMicros, long bookedMicros) {}

    /**
     * An entry to be looked at by an operator.
     *
     * @param account empty if the entry names none that exists
     * @param cause whether it is the account's first; the account is then frozen
     * @param event null if the entry could not be read
     */
    public record Quarantined(
            Partition partition,
            EventPosition position,
            String account,
            Cause cause,
            String reason,
            String fields,
            @Nullable UsageEvent event) {

        /** Why an entry is in quarantine. */
        public enum Cause {
            CANNOT_BE_BOOKED,
            FOLLOWS_ONE_THAT_CANNOT
        }
    }
}
