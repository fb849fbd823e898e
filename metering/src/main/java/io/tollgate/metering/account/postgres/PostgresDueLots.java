package io.tollgate.metering.account.postgres;

import static java.util.Objects.requireNonNull;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.DueLots;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

final class PostgresDueLots implements DueLots {

    private static final String DUE = Sql.beside(PostgresDueLots.class, "due_lots");

    private final DatabaseClient database;

    PostgresDueLots(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<List<DueLot>> behind(DueLot after, int limit) {
        return database.sql(DUE)
                .bind("expiresAtMillis", after.expiresAtMillis())
                .bind("grant", after.grant())
                .bind("limit", limit)
                .map(row -> new DueLot(
                        new AccountId(requireNonNull(row.get("account", String.class))),
                        requireNonNull(row.get("expires_at_millis", Long.class)),
                        requireNonNull(row.get("grant_number", Long.class))))
                .all()
                .collectList()
                .transform(PostgresFailures::told);
    }
}
