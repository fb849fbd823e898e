package io.tollgate.metering.usage.postgres;

import io.netty.buffer.Unpooled;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.Wrapped;
import io.tollgate.metering.postgres.Sql;
import io.tollgate.metering.usage.BatchOutcome.HoldEnd;
import io.tollgate.metering.usage.UsageRollups;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * Inserts usage events, all of a batch with one {@code COPY}: half the work of an {@code INSERT} for both sides. Their sums go with
 * them, so that the rollups equal the events whoever books.
 */
final class UsageRows {

    private static final String COPY = Sql.beside(UsageRows.class, "copy_usage_events");
    private static final String UNIQUE_VIOLATION = "23505";

    private final DatabaseClient database;
    private final RollupRows rollups;

    UsageRows(DatabaseClient database) {
        this.database = database;
        this.rollups = new RollupRows(database);
    }

    /** Fails with {@link DuplicateEventsException} if any of them was there before. */
    Mono<Void> insert(List<HoldEnd> ends) {
        return ends.isEmpty()
                ? Mono.empty()
                : database.inConnection(connection -> copy(connection, ends))
                        .then(Mono.defer(() -> rollups.add(UsageRollups.of(ends))));
    }

    private static Mono<Long> copy(Connection connection, List<HoldEnd> ends) {
        return postgres(connection)
                .copyIn(COPY, Mono.fromSupplier(() -> Unpooled.wrappedBuffer(UsageCopyText.of(ends))))
                .onErrorMap(UsageRows::isDuplicate, failure -> new DuplicateEventsException());
    }

    private static boolean isDuplicate(Throwable failure) {
        return failure instanceof R2dbcDataIntegrityViolationException violation
                && UNIQUE_VIOLATION.equals(violation.getSqlState());
    }

    // The pool and Spring each wrap the driver's connection, which alone knows COPY.
    private static PostgresqlConnection postgres(Object connection) {
        return switch (connection) {
            case PostgresqlConnection driver -> driver;
            case Wrapped<?> wrapped -> postgres(wrapped.unwrap());
            default -> throw new IllegalStateException("not a connection to Postgres: " + connection.getClass());
        };
    }
}
