package io.tollgate.metering.usage.postgres;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.usage.EventBook.Flushed;
import io.tollgate.metering.usage.EventPosition;
import io.tollgate.metering.usage.UsageBatch;
import io.tollgate.metering.usage.UsageEntry;
import io.tollgate.metering.usage.UsageEntry.Legible;
import io.tollgate.metering.usage.UsageEvent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a flush has read behind one cursor.
 *
 * @param limit the most it would have read
 */
record StreamRead(StreamCursor cursor, UsageBatch batch, int limit) {

    private static final long NOTHING = -1;
    private static final Set<UsageEvent.Kind> CHARGES = EnumSet.of(UsageEvent.Kind.SETTLED, UsageEvent.Kind.CHARGED);

    /** All of them together, once they are booked. */
    static Flushed flushed(List<StreamRead> reads) {
        int entries = 0;
        long oldest = 0;
        Map<Partition, EventPosition> booked = new HashMap<>();
        Map<Partition, EventPosition> trimmable = new HashMap<>();
        Map<Partition, Long> lost = new HashMap<>();
        for (StreamRead read : reads) {
            if (read.lost() != NOTHING) {
                lost.put(read.cursor().partition(), read.lost());
                continue;
            }
            List<UsageEntry> found = read.batch().entries();
            entries += found.size();
            booked.put(
                    read.cursor().partition(), read.cursor().after(read.batch()).booked());
            if (!found.isEmpty() && found.getFirst() instanceof Legible(UsageEvent first)) {
                oldest = oldest == 0 ? first.atMillis() : Math.min(oldest, first.atMillis());
            }
            if (read.cursor().isTrimmable()) {
                trimmable.put(read.cursor().partition(), read.cursor().marked());
            }
        }
        List<Partition> unfinished = reads.stream()
                .filter(StreamRead::isFull)
                .filter(StreamRead::isSound)
                .map(read -> read.cursor().partition())
                .toList();
        return new Flushed(entries, booked, lost, unfinished, trimmable, accounts(reads), charged(reads), oldest);
    }

    private static Set<AccountId> accounts(List<StreamRead> reads) {
        Set<AccountId> accounts = new HashSet<>();
        for (StreamRead read : reads) {
            for (UsageEntry entry : read.batch().entries()) {
                if (entry instanceof Legible(UsageEvent event)) {
                    accounts.add(event.account());
                }
            }
        }
        return accounts;
    }

    private static List<String> charged(List<StreamRead> reads) {
        List<String> holds = new ArrayList<>();
        for (StreamRead read : reads) {
            for (UsageEntry entry : read.isSound() ? read.batch().entries() : List.<UsageEntry>of()) {
                if (entry instanceof Legible(UsageEvent event) && CHARGES.contains(event.kind())) {
                    holds.add(event.id());
                }
            }
        }
        return holds;
    }

    boolean isFull() {
        return batch.entries().size() >= limit;
    }

    /** Whether what was read follows on what is booked. */
    boolean isSound() {
        return lost() == NOTHING;
    }

    // While the cursor is locked the live store cannot be ahead of the book's epoch, unless the book has gone back.
    private long lost() {
        if (!cursor.isOpen()) {
            return cursor.epoch() - 1;
        }
        long newest = batch.entries().isEmpty()
                ? 0
                : batch.entries().getLast().position().epoch();
        if (newest > cursor.epoch()) {
            return newest;
        }
        return cursor.fits(batch.anchor()) ? NOTHING : cursor.epoch();
    }

    boolean movesCursor() {
        return !batch.entries().isEmpty()
                || (cursor.markIsOld() && !cursor.marked().equals(cursor.booked()));
    }
}
