package io.tollgate.metering.recovery.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import io.tollgate.metering.recovery.Cursors;
import io.tollgate.metering.recovery.Epoch;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

final class PostgresCursors implements Cursors {

    private static final String EPOCH = Sql.beside(PostgresCursors.class, "epoch");
    private static final String ADVANCE = Sql.beside(PostgresCursors.class, "advance");

    private final DatabaseClient database;

    PostgresCursors(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Epoch> epoch(Partition partition) {
        return database.sql(EPOCH)
                .bind("partition", partition.number())
                .map(PostgresCursors::found)
                .one()
                .defaultIfEmpty(Epoch.NONE)
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Long> advance(Partition partition, long lost) {
        return database.sql(ADVANCE)
                .bind("partition", partition.number())
                .bind("lost", lost)
                .mapValue(Long.class)
                .one()
                .transform(PostgresFailures::told);
    }

    private static Epoch found(Readable row) {
        return new Epoch(requireNonNull(row.get("epoch", Long.class)), requireNonNull(row.get("seen", Long.class)));
    }
}
