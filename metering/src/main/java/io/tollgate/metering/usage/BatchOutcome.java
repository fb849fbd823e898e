package io.tollgate.metering.usage;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.ledger.LedgerTransaction;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a batch changes in the book, in absolute terms.
 *
 * @param ends the holds that ended
 * @param accounts where the accounts stand now
 * @param filledLots lots that came to be, with what is left of them now
 * @param burnedLots what is left now of lots that were there before
 * @param commands those now booked as applied
 * @param quarantined entries that could not be booked
 */
public record BatchOutcome(
        List<HoldEnd> ends,
        Map<AccountId, BookState.Position> accounts,
        Map<Long, BookState.LotState> filledLots,
        Map<Long, BookState.LotState> burnedLots,
        List<LedgerTransaction> ledger,
        List<BookState.CommandKey> commands,
        List<Quarantined> quarantined) {

    /** Whether something does not fit what the book knew before; not counting what only follows such an entry. */
    public boolean hasContradictions() {
        return quarantined.stream().anyMatch(entry -> entry.cause() == Quarantined.Cause.CANNOT_BE_BOOKED);
    }

    /** The usage event of a hold, under the hold's id. */
    public record HoldEnd(UUID hold, Partition partition, UsageEvent event) {}

    /**
     * An entry to be looked at by an operator.
     *
     * @param account empty if the entry names none that exists
     * @param cause whether it is the account's first; the account is then frozen
     */
    public record Quarantined(
            Partition partition, EventPosition position, String account, Cause cause, String reason, String fields) {

        /** Why an entry is in quarantine. */
        public enum Cause {
            CANNOT_BE_BOOKED,
            FOLLOWS_ONE_THAT_CANNOT
        }
    }
}
