package io.tollgate.metering.usage.postgres;

import io.tollgate.metering.account.Partition;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.usage.BatchBooking;
import io.tollgate.metering.usage.EventBook;
import io.tollgate.metering.usage.EventPosition;
import io.tollgate.metering.usage.PartitionEntries;
import io.tollgate.metering.usage.UsageBatch;
import io.tollgate.metering.usage.UsageEntry;
import io.tollgate.metering.usage.UsageEntry.Legible;
import io.tollgate.metering.usage.UsageEvent;
import io.tollgate.metering.usage.UsageStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A flush is one SQL transaction: lock cursors, read the streams behind them, load what the book knows, decide in {@link
 * BatchBooking}, write, move the cursors. Whatever fails in between leaves everything as it was. Redis is read while the
 * cursors are locked, since the lock is what makes the reader the only one.
 */
final class PostgresEventBook implements EventBook {

    private final TransactionalOperator sqlTransaction;
    private final CursorRows cursors;
    private final StateRows state;
    private final OutcomeRows outcomes;
    private final QuarantineRows quarantine;
    private final UsageStream stream;
    private final FlushSettings settings;

    PostgresEventBook(
            TransactionalOperator sqlTransaction,
            CursorRows cursors,
            StateRows state,
            OutcomeRows outcomes,
            QuarantineRows quarantine,
            UsageStream stream,
            FlushSettings settings) {
        this.sqlTransaction = sqlTransaction;
        this.cursors = cursors;
        this.state = state;
        this.outcomes = outcomes;
        this.quarantine = quarantine;
        this.stream = stream;
        this.settings = settings;
    }

    @Override
    public Mono<Flushed> flush(Collection<Partition> partitions, WhereLocked whereLocked) {
        return cursors.ensure()
                .then(flush(partitions, whereLocked, DuplicateCheck.ON_INSERT))
                .onErrorResume(
                        DuplicateEventsException.class,
                        stumbled -> flush(partitions, whereLocked, DuplicateCheck.BEFORE))
                .timeout(settings.timeout())
                .transform(PostgresFailures::told);
    }

    private Mono<Flushed> flush(Collection<Partition> partitions, WhereLocked whereLocked, DuplicateCheck duplicates) {
        return cursors.lock(partitions, whereLocked)
                .flatMap(this::read)
                .flatMap(read -> book(read, duplicates))
                .as(sqlTransaction::transactional);
    }

    private Mono<List<Read>> read(List<StreamCursor> locked) {
        int each = Math.max(1, settings.batch() / Math.max(1, locked.size()));
        return Flux.fromIterable(locked)
                .flatMapSequential(
                        cursor -> stream.read(cursor.partition(), cursor.booked(), each)
                                .map(batch -> new Read(cursor, batch, each)),
                        settings.partitionsAtOnce())
                .collectList();
    }

    private Mono<Flushed> book(List<Read> reads, DuplicateCheck duplicates) {
        List<PartitionEntries> batch = reads.stream()
                .filter(read -> !read.batch().entries().isEmpty())
                .map(read -> new PartitionEntries(
                        read.cursor().partition(), read.batch().entries()))
                .toList();
        return bookEntries(batch, duplicates)
                .then(quarantine.raiseForLostEntries(
                        reads.stream().filter(Read::hasLost).map(Read::cursor).toList()))
                .then(cursors.move(reads.stream()
                        .filter(Read::movesCursor)
                        .map(read -> read.cursor().after(read.batch()))
                        .toList()))
                .thenReturn(flushed(reads));
    }

    private Mono<Void> bookEntries(List<PartitionEntries> batch, DuplicateCheck duplicates) {
        return batch.isEmpty()
                ? Mono.empty()
                : state.load(BatchKeys.of(batch), duplicates)
                        .map(known -> BatchBooking.of(known, batch))
                        .flatMap(outcomes::write);
    }

    private static Flushed flushed(List<Read> reads) {
        int entries = 0;
        long oldest = 0;
        Map<Partition, EventPosition> booked = new HashMap<>();
        Map<Partition, EventPosition> trimmable = new HashMap<>();
        for (Read read : reads) {
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
                .filter(Read::isFull)
                .map(read -> read.cursor().partition())
                .toList();
        return new Flushed(entries, booked, unfinished, trimmable, oldest);
    }

    private record Read(StreamCursor cursor, UsageBatch batch, int limit) {

        boolean isFull() {
            return batch.entries().size() >= limit;
        }

        boolean hasLost() {
            return batch.anchor() == UsageBatch.Anchor.MISSING && cursor.expectsAnchor();
        }

        boolean movesCursor() {
            return !batch.entries().isEmpty()
                    || (cursor.markIsOld() && !cursor.marked().equals(cursor.booked()));
        }
    }
}
