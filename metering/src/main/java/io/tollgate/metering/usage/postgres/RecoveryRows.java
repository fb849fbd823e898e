package io.tollgate.metering.usage.postgres;

import static io.tollgate.metering.postgres.Columns.longs;
import static java.util.Objects.requireNonNull;

import io.tollgate.metering.account.Partition;
import io.tollgate.metering.postgres.Sql;
import io.tollgate.metering.usage.EventPosition;
import io.tollgate.metering.usage.UsageEntry;
import io.tollgate.metering.usage.UsageEntry.Illegible;
import io.tollgate.metering.usage.UsageEntry.Legible;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** How far a recovery has got with the stream, and what of the stream it is to leave alone. */
final class RecoveryRows {

    private static final String PROGRESS = Sql.beside(RecoveryRows.class, "recovery_progress");
    private static final String NOTE = Sql.beside(RecoveryRows.class, "note_recovery");

    private static final String DECIDED = Sql.beside(RecoveryRows.class, "decided");

    private final DatabaseClient database;

    /** An entry's place and its event's id, empty where it cannot be read. */
    private record Decided(EventPosition position, String event) {}

    RecoveryRows(DatabaseClient database) {
        this.database = database;
    }

    Mono<EventPosition> progress(Partition partition, long epoch) {
        return database.sql(PROGRESS)
                .bind("partition", partition.number())
                .bind("epoch", epoch)
                .map(row -> new EventPosition(
                        requireNonNull(row.get("read_epoch", Long.class)),
                        requireNonNull(row.get("read_number", Long.class))))
                .one();
    }

    Mono<Void> note(Partition partition, long epoch, EventPosition read, long booked) {
        return database.sql(NOTE)
                .bind("partition", partition.number())
                .bind("epoch", epoch)
                .bind("readEpoch", read.epoch())
                .bind("readNumber", read.number())
                .bind("booked", booked)
                .then();
    }

    /** Without those that an operator has decided about: what was discarded is not booked because it is read again. */
    Mono<List<UsageEntry>> undecided(Partition partition, List<UsageEntry> entries) {
        return database.sql(DECIDED)
                .bind("partition", partition.number())
                .bind("epochs", longs(entries, entry -> entry.position().epoch()))
                .bind("numbers", longs(entries, entry -> entry.position().number()))
                .map(row -> new Decided(
                        new EventPosition(
                                requireNonNull(row.get("epoch", Long.class)),
                                requireNonNull(row.get("number", Long.class))),
                        requireNonNull(row.get("event_id", String.class))))
                .all()
                .collect(Collectors.toSet())
                .map(decided -> entries.stream()
                        .filter(entry -> !decided.contains(new Decided(entry.position(), eventId(entry))))
                        .toList());
    }

    private static String eventId(UsageEntry entry) {
        return switch (entry) {
            case Legible(var event) -> event.id();
            case Illegible illegible ->
                illegible.event() == null ? "" : illegible.event().id();
        };
    }
}
