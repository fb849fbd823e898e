package io.tollgate.metering.account.postgres;

import static java.util.Objects.requireNonNull;

import io.tollgate.metering.account.BookedPositions;
import io.tollgate.metering.account.BookedUpTo;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.util.Collection;
import java.util.Map;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

final class PostgresBookedPositions implements BookedPositions {

    private static final String POSITIONS = Sql.beside(PostgresBookedPositions.class, "booked_positions");

    private final DatabaseClient database;

    PostgresBookedPositions(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Map<Partition, BookedUpTo>> of(Collection<Partition> partitions) {
        return Mono.defer(() -> database.sql(POSITIONS)
                        .bind(
                                "partitions",
                                partitions.stream().map(Partition::number).toArray(Integer[]::new))
                        .map(row -> Map.entry(
                                new Partition(requireNonNull(row.get("partition", Integer.class))),
                                new BookedUpTo(
                                        requireNonNull(row.get("booked_epoch", Long.class)),
                                        requireNonNull(row.get("booked_number", Long.class)))))
                        .all()
                        .collectMap(Map.Entry::getKey, Map.Entry::getValue))
                .transform(PostgresFailures::told);
    }
}
