package io.tollgate.metering.usage.postgres;

import io.tollgate.metering.account.Partition;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.usage.BatchBooking;
import io.tollgate.metering.usage.BatchOutcome;
import io.tollgate.metering.usage.EventBook.WhereLocked;
import io.tollgate.metering.usage.EventPosition;
import io.tollgate.metering.usage.OlderEvents;
import io.tollgate.metering.usage.PartitionEntries;
import io.tollgate.metering.usage.UsageEntry;
import io.tollgate.metering.usage.UsageStream;
import java.util.List;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * A page is one SQL transaction, like a flush: lock the cursor, read on from where the recovery stands, book what is not booked
 * yet, note how far it went. Gateways that recover the same partition take turns at its pages.
 */
final class PostgresOlderEvents implements OlderEvents {

    private final TransactionalOperator sqlTransaction;
    private final CursorRows cursors;
    private final RecoveryRows recoveries;
    private final StateRows state;
    private final OutcomeRows outcomes;
    private final UsageStream stream;
    private final FlushSettings settings;

    PostgresOlderEvents(
            TransactionalOperator sqlTransaction,
            CursorRows cursors,
            RecoveryRows recoveries,
            StateRows state,
            OutcomeRows outcomes,
            UsageStream stream,
            FlushSettings settings) {
        this.sqlTransaction = sqlTransaction;
        this.cursors = cursors;
        this.recoveries = recoveries;
        this.state = state;
        this.outcomes = outcomes;
        this.stream = stream;
        this.settings = settings;
    }

    @Override
    public Mono<Rest> book(Partition partition, long epoch) {
        return page(partition, epoch, Intake.of(settings.batch()))
                .timeout(settings.timeout())
                .transform(PostgresFailures::told);
    }

    private Mono<Rest> page(Partition partition, long epoch, Intake intake) {
        return cursors.lock(List.of(partition), WhereLocked.WAIT)
                .filter(locked -> locked.stream().anyMatch(cursor -> cursor.epoch() == epoch && !cursor.isOpen()))
                .flatMap(locked -> recoveries.progress(partition, epoch))
                .flatMap(read -> stream.read(partition, read, intake.most()))
                .map(batch -> intake.screened(batch).entries().stream()
                        .filter(entry -> entry.position().epoch() < epoch)
                        .toList())
                .filter(entries -> !entries.isEmpty())
                .flatMap(entries -> book(partition, epoch, entries))
                .as(sqlTransaction::transactional)
                .defaultIfEmpty(Rest.NONE)
                .onErrorResume(
                        RejectedBatchException.class,
                        rejection -> intake.canNarrow()
                                ? page(partition, epoch, intake.narrowed(rejection))
                                : Mono.error(rejection));
    }

    private Mono<Rest> book(Partition partition, long epoch, List<UsageEntry> entries) {
        EventPosition last = entries.getLast().position();
        return recoveries
                .undecided(partition, entries)
                .flatMap(left -> left.isEmpty()
                        ? recoveries.note(partition, epoch, last, 0)
                        : book(partition, epoch, left, last))
                .thenReturn(Rest.MORE);
    }

    private Mono<Void> book(Partition partition, long epoch, List<UsageEntry> entries, EventPosition last) {
        List<PartitionEntries> batch = List.of(new PartitionEntries(partition, entries));
        BatchKeys keys = BatchKeys.of(batch);
        return state.loadWhole(keys)
                .map(known -> BatchBooking.fitted(known, "epoch " + epoch, batch))
                .flatMap(outcome ->
                        outcomes.write(outcome).then(recoveries.note(partition, epoch, last, booked(outcome))))
                .onErrorMap(RejectedBatchException::isToldBy, failure -> RejectedBatchException.of(batch, failure));
    }

    private static int booked(BatchOutcome outcome) {
        return outcome.ends().size() + outcome.accountEvents().size();
    }
}
