package io.tollgate.metering.usage.postgres;

import io.tollgate.metering.account.Partition;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.usage.BatchBooking;
import io.tollgate.metering.usage.BatchOutcome;
import io.tollgate.metering.usage.EventBook;
import io.tollgate.metering.usage.PartitionEntries;
import io.tollgate.metering.usage.UsageBatch;
import io.tollgate.metering.usage.UsageStream;
import java.util.Collection;
import java.util.List;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A flush is one SQL transaction: lock cursors, read the streams behind them, load what the book knows, decide in {@link
 * BatchBooking}, write, move the cursors. Whatever fails in between leaves everything as it was. Redis is read while the
 * cursors are locked, since the lock is what makes the reader the only one.
 *
 * <p>Where Postgres itself rejects what one partition's batch holds, the batch is halved until the entry to blame stands alone,
 * and that one goes to quarantine.
 */
final class PostgresEventBook implements EventBook {

    private final TransactionalOperator sqlTransaction;
    private final CursorRows cursors;
    private final StateRows state;
    private final OutcomeRows outcomes;
    private final UsageStream stream;
    private final FlushSettings settings;

    PostgresEventBook(
            TransactionalOperator sqlTransaction,
            CursorRows cursors,
            StateRows state,
            OutcomeRows outcomes,
            UsageStream stream,
            FlushSettings settings) {
        this.sqlTransaction = sqlTransaction;
        this.cursors = cursors;
        this.state = state;
        this.outcomes = outcomes;
        this.stream = stream;
        this.settings = settings;
    }

    @Override
    public Mono<Flushed> flush(Collection<Partition> partitions, WhereLocked whereLocked) {
        return cursors.ensure()
                .then(flush(partitions, whereLocked, Intake.of(settings.batch())))
                .timeout(settings.timeout())
                .transform(PostgresFailures::told);
    }

    private Mono<Flushed> flush(Collection<Partition> partitions, WhereLocked whereLocked, Intake intake) {
        return flush(partitions, whereLocked, intake, DuplicateCheck.ON_INSERT)
                .onErrorResume(
                        DuplicateEventsException.class,
                        stumbled -> flush(partitions, whereLocked, intake, DuplicateCheck.BEFORE))
                .onErrorResume(
                        RejectedBatchException.class,
                        rejection -> partitions.size() == 1 && intake.canNarrow()
                                ? flush(partitions, whereLocked, intake.narrowed(rejection))
                                : Mono.error(rejection));
    }

    private Mono<Flushed> flush(
            Collection<Partition> partitions, WhereLocked whereLocked, Intake intake, DuplicateCheck duplicates) {
        return cursors.lock(partitions, whereLocked)
                .flatMap(locked -> read(locked, intake))
                .flatMap(read -> book(read, duplicates))
                .as(sqlTransaction::transactional);
    }

    private Mono<List<StreamRead>> read(List<StreamCursor> locked, Intake intake) {
        int each = Math.max(1, intake.most() / Math.max(1, locked.size()));
        return Flux.fromIterable(locked)
                .flatMapSequential(
                        cursor -> read(cursor, each).map(batch -> new StreamRead(cursor, intake.screened(batch), each)),
                        settings.partitionsAtOnce())
                .collectList();
    }

    private Mono<UsageBatch> read(StreamCursor cursor, int count) {
        return cursor.isOpen()
                ? stream.read(cursor.partition(), cursor.booked(), count)
                : Mono.just(new UsageBatch(null, List.of()));
    }

    private Mono<Flushed> book(List<StreamRead> reads, DuplicateCheck duplicates) {
        List<PartitionEntries> batch = reads.stream()
                .filter(StreamRead::isSound)
                .filter(read -> !read.batch().entries().isEmpty())
                .map(read -> new PartitionEntries(
                        read.cursor().partition(), read.batch().entries()))
                .toList();
        return bookEntries(batch, duplicates)
                .then(cursors.move(reads.stream()
                        .filter(StreamRead::isSound)
                        .filter(StreamRead::movesCursor)
                        .map(read -> read.cursor().after(read.batch()))
                        .toList()))
                .thenReturn(StreamRead.flushed(reads));
    }

    private Mono<Void> bookEntries(List<PartitionEntries> batch, DuplicateCheck duplicates) {
        return batch.isEmpty()
                ? Mono.empty()
                : state.load(BatchKeys.of(batch), duplicates)
                        .map(known -> BatchBooking.of(known, batch))
                        .flatMap(outcome -> write(outcome, duplicates))
                        .onErrorMap(
                                RejectedBatchException::isToldBy, failure -> RejectedBatchException.of(batch, failure));
    }

    // What was booked before contradicts the book, so before anything goes to quarantine one has to look.
    private Mono<Void> write(BatchOutcome outcome, DuplicateCheck duplicates) {
        return duplicates == DuplicateCheck.ON_INSERT && outcome.hasContradictions()
                ? Mono.error(new DuplicateEventsException())
                : outcomes.write(outcome);
    }
}
