package io.tollgate.billing.reconciliation.postgres;

import io.tollgate.billing.reconciliation.KnownEvents;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.util.Collection;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

final class PostgresKnownEvents implements KnownEvents {

    private static final String MISSING = Sql.beside(PostgresKnownEvents.class, "missing_events");

    private final DatabaseClient database;

    PostgresKnownEvents(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Flux<String> missing(Collection<String> ids) {
        return ids.isEmpty()
                ? Flux.empty()
                : database.sql(MISSING)
                        .bind("ids", ids.toArray(String[]::new))
                        .mapValue(String.class)
                        .all()
                        .transform(PostgresFailures::told);
    }
}
