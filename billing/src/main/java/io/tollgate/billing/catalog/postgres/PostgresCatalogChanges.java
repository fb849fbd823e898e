package io.tollgate.billing.catalog.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import io.tollgate.billing.catalog.CatalogChange;
import io.tollgate.billing.catalog.CatalogChange.Kind;
import io.tollgate.billing.catalog.CatalogChanges;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

final class PostgresCatalogChanges implements CatalogChanges {

    private static final String LATEST = Sql.beside(PostgresCatalogChanges.class, "latest");
    private static final String SAY = Sql.beside(PostgresCatalogChanges.class, "say");

    private final DatabaseClient database;

    PostgresCatalogChanges(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Flux<CatalogChange> latest(int limit) {
        return database.sql(LATEST)
                .bind("limit", limit)
                .map(PostgresCatalogChanges::change)
                .all()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Void> say(Kind kind, String id, @Nullable String line) {
        Parameter json = line == null ? Parameters.in(R2dbcType.VARCHAR) : Parameters.in(R2dbcType.VARCHAR, line);
        return database.sql(SAY)
                .bind("kind", kind.name())
                .bind("id", id)
                .bind("line", json)
                .then()
                .transform(PostgresFailures::told);
    }

    private static CatalogChange change(Readable row) {
        return new CatalogChange(
                Kind.valueOf(requireNonNull(row.get("kind", String.class))),
                requireNonNull(row.get("id", String.class)),
                row.get("line", String.class),
                row.get("before", String.class));
    }
}
