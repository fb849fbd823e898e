package io.tollgate.metering.recovery.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import io.tollgate.metering.recovery.Cursors;
import io.tollgate.metering.recovery.Epoch;
import io.tollgate.metering.recovery.Footing;
import io.tollgate.metering.recovery.Loss;
import io.tollgate.metering.recovery.Recovered;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** One statement for each step, so that a step is done or not. */
final class PostgresCursors implements Cursors {

    private static final String FOOTING = Sql.beside(PostgresCursors.class, "footing");
    private static final String ADVANCE = Sql.beside(PostgresCursors.class, "advance");
    private static final String WITNESS = Sql.beside(PostgresCursors.class, "witness");
    private static final String NOTE_BURIED = Sql.beside(PostgresCursors.class, "note_buried");
    private static final String OPEN = Sql.beside(PostgresCursors.class, "open");

    private final DatabaseClient database;

    PostgresCursors(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Footing> footing(Partition partition) {
        return database.sql(FOOTING)
                .bind("partition", partition.number())
                .map(row -> new Footing(number(row, "epoch"), number(row, "open_epoch"), number(row, "seen")))
                .one()
                .defaultIfEmpty(Footing.UNUSED)
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Void> advance(Partition partition, Loss loss) {
        return database.sql(ADVANCE)
                .bind("partition", partition.number())
                .bind("lost", loss.epoch())
                .bind("cause", loss.cause().name())
                .bind("headEpoch", loss.head().epoch())
                .bind("headNumber", loss.head().seen())
                .bind("known", loss.known())
                .then()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Void> witness(Partition partition, Epoch told) {
        return database.sql(WITNESS)
                .bind("partition", partition.number())
                .bind("epoch", told.epoch())
                .bind("seen", told.seen())
                .then()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Void> noteBuried(Partition partition, long epoch, long holds) {
        return holds == 0
                ? Mono.empty()
                : database.sql(NOTE_BURIED)
                        .bind("partition", partition.number())
                        .bind("epoch", epoch)
                        .bind("holds", holds)
                        .then()
                        .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Recovered> open(Partition partition, long epoch) {
        return database.sql(OPEN)
                .bind("partition", partition.number())
                .bind("epoch", epoch)
                .map(row -> new Recovered(
                        number(row, "events_booked"), number(row, "holds_buried"), number(row, "events_lost")))
                .one()
                .transform(PostgresFailures::told);
    }

    private static long number(Readable row, String column) {
        return requireNonNull(row.get(column, Long.class));
    }
}
