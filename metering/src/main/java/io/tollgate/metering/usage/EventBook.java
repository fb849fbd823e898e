package io.tollgate.metering.usage;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.Partition;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;

/** The book's side of the streams. */
public interface EventBook {

    /**
     * Reads on from where the partitions' cursors stand and books what it finds, all in one SQL transaction of its own: events,
     * lots, balances, ledger, applied commands and the cursors themselves. Bounded by the size of a batch.
     */
    Mono<Flushed> flush(Collection<Partition> partitions, WhereLocked whereLocked);

    /** What to do about a partition whose cursor another gateway has locked. */
    enum WhereLocked {
        /** Leave it to the other. */
        SKIP,
        /** Wait until the other is done. */
        WAIT
    }

    /**
     * What a flush has done.
     *
     * @param entries how many entries left the streams
     * @param booked where the cursors of those partitions stand now that were not left to others
     * @param lost partitions that were left as they are because they have to be recovered first, and the epoch that is lost
     * @param unfinished partitions with more to read
     * @param trimmable up to where streams may be trimmed
     * @param accounts whose events they were
     * @param charged ids of the holds that were charged
     * @param oldestAtMillis when the oldest of the events happened, 0 if there was none
     */
    record Flushed(
            int entries,
            Map<Partition, EventPosition> booked,
            Map<Partition, Long> lost,
            List<Partition> unfinished,
            Map<Partition, EventPosition> trimmable,
            Set<AccountId> accounts,
            List<String> charged,
            long oldestAtMillis) {}
}
