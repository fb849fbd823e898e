package io.tollgate.metering.usage.postgres;

import static java.util.Objects.requireNonNull;

import io.tollgate.metering.account.Partition;
import io.tollgate.metering.postgres.Sql;
import io.tollgate.metering.usage.EventPosition;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** How far a recovery has got with the stream. */
final class RecoveryRows {

    private static final String PROGRESS = Sql.beside(RecoveryRows.class, "recovery_progress");
    private static final String NOTE = Sql.beside(RecoveryRows.class, "note_recovery");

    private final DatabaseClient database;

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
}
