package io.tollgate.metering.usage.postgres;

import static io.tollgate.metering.postgres.Columns.longs;
import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.postgres.Sql;
import io.tollgate.metering.usage.EventBook.WhereLocked;
import io.tollgate.metering.usage.EventPosition;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The rows that say how far each partition is booked; locking one is the right to book that partition. */
final class CursorRows {

    private static final String ENSURE = Sql.beside(CursorRows.class, "ensure_cursors");
    private static final String LOCK = Sql.beside(CursorRows.class, "lock_cursors");
    private static final String LOCK_FREE = Sql.beside(CursorRows.class, "lock_free_cursors");
    private static final String MOVE = Sql.beside(CursorRows.class, "move_cursors");

    private final DatabaseClient database;
    private final Partitions partitions;
    private final Duration trimAfter;
    private volatile boolean ensured;

    CursorRows(DatabaseClient database, Partitions partitions, Duration trimAfter) {
        this.database = database;
        this.partitions = partitions;
        this.trimAfter = trimAfter;
    }

    /** Puts missing rows in place, once in the life of a gateway. */
    Mono<Void> ensure() {
        return Mono.defer(() -> ensured
                ? Mono.empty()
                : database.sql(ENSURE).bind("count", partitions.count()).then().doOnSuccess(done -> ensured = true));
    }

    Mono<List<StreamCursor>> lock(Collection<Partition> wanted, WhereLocked whereLocked) {
        return database.sql(whereLocked == WhereLocked.SKIP ? LOCK_FREE : LOCK)
                .bind("partitions", wanted.stream().map(Partition::number).toArray(Integer[]::new))
                .bind("trimAfterMillis", trimAfter.toMillis())
                .map(CursorRows::cursor)
                .all()
                .collectList();
    }

    Mono<Void> move(List<StreamCursor> cursors) {
        return cursors.isEmpty()
                ? Mono.empty()
                : database.sql(MOVE)
                        .bind(
                                "partitions",
                                cursors.stream()
                                        .map(c -> c.partition().number())
                                        .toArray(Integer[]::new))
                        .bind("bookedEpochs", longs(cursors, c -> c.booked().epoch()))
                        .bind("bookedNumbers", longs(cursors, c -> c.booked().number()))
                        .bind(
                                "bookedEvents",
                                cursors.stream().map(StreamCursor::bookedMark).toArray(String[]::new))
                        .bind("markedEpochs", longs(cursors, c -> c.marked().epoch()))
                        .bind("markedNumbers", longs(cursors, c -> c.marked().number()))
                        .bind(
                                "marked",
                                cursors.stream().map(StreamCursor::markIsOld).toArray(Boolean[]::new))
                        .then();
    }

    private static StreamCursor cursor(Readable row) {
        return new StreamCursor(
                new Partition(requireNonNull(row.get("partition", Integer.class))),
                requireNonNull(row.get("epoch", Long.class)),
                requireNonNull(row.get("open_epoch", Long.class)),
                new EventPosition(
                        requireNonNull(row.get("booked_epoch", Long.class)),
                        requireNonNull(row.get("booked_number", Long.class))),
                requireNonNull(row.get("booked_event", String.class)),
                new EventPosition(
                        requireNonNull(row.get("marked_epoch", Long.class)),
                        requireNonNull(row.get("marked_number", Long.class))),
                requireNonNull(row.get("mark_is_old", Boolean.class)));
    }
}
