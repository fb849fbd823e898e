package io.tollgate.billing.notice.postgres;

import io.r2dbc.postgresql.codec.Json;
import io.tollgate.billing.notice.Channel;
import io.tollgate.billing.notice.Notice;
import io.tollgate.billing.notice.Notices;
import io.tollgate.billing.notice.Routes;
import io.tollgate.metering.postgres.Columns;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

final class PostgresNotices implements Notices {

    private static final String POST = Sql.beside(PostgresNotices.class, "post");

    private final DatabaseClient database;
    private final Routes routes;

    PostgresNotices(DatabaseClient database, Routes routes) {
        this.database = database;
        this.routes = routes;
    }

    @Override
    public Mono<Void> post(Notice notice) {
        return Mono.defer(() -> database.sql(POST)
                        .bind("account", notice.account().value())
                        .bind("kind", notice.kind().name())
                        .bind("key", notice.key())
                        .bind("facts", Json.of(Facts.write(notice.facts())))
                        .bind("channels", Columns.texts(routes.of(notice.kind()), Channel::name))
                        .then())
                .transform(PostgresFailures::told);
    }
}
