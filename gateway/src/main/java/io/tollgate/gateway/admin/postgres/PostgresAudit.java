package io.tollgate.gateway.admin.postgres;

import io.r2dbc.postgresql.codec.Json;
import io.tollgate.gateway.admin.Audit;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.util.Map;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

final class PostgresAudit implements Audit {

    private static final String INSERT = Sql.beside(PostgresAudit.class, "audit");
    private static final String OPERATOR = "operator";

    private final DatabaseClient database;
    private final JsonMapper json;

    PostgresAudit(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    @Override
    public Mono<Void> record(String action, String subject, Map<String, String> detail) {
        return Mono.defer(() -> database.sql(INSERT)
                        .bind("actor", OPERATOR)
                        .bind("action", action)
                        .bind("subject", subject)
                        .bind("detail", Json.of(json.writeValueAsBytes(detail)))
                        .then())
                .transform(PostgresFailures::told);
    }
}
