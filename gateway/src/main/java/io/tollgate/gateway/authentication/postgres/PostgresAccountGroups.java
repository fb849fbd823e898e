package io.tollgate.gateway.authentication.postgres;

import io.tollgate.gateway.authentication.AccountGroups;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.util.Set;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

final class PostgresAccountGroups implements AccountGroups {

    private static final String PUT = Sql.beside(PostgresAccountGroups.class, "put_groups");

    private final DatabaseClient database;

    PostgresAccountGroups(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Boolean> put(AccountId account, Set<String> groups) {
        return database.sql(PUT)
                .bind("account", account.value())
                .bind("groups", groups.stream().sorted().toArray(String[]::new))
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1)
                .transform(PostgresFailures::told);
    }
}
