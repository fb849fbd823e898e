package io.tollgate.billing.reconciliation.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.billing.reconciliation.Finding.Remedy;
import io.tollgate.billing.reconciliation.LeftIntents;
import io.tollgate.billing.reconciliation.Listed;
import io.tollgate.billing.reconciliation.Period;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

final class PostgresLeftIntents implements LeftIntents {

    private static final String PAGE = Sql.beside(PostgresLeftIntents.class, "left_intents");

    private final DatabaseClient database;
    private final int page;

    PostgresLeftIntents(DatabaseClient database, int page) {
        this.database = database;
        this.page = page;
    }

    @Override
    public Mono<Listed<LeftIntent>> page(Period period, Duration age, @Nullable String after) {
        return database.sql(PAGE)
                .bind("from", period.from())
                .bind("until", period.until())
                .bind("ageSeconds", age.toSeconds())
                .bind("after", after == null ? "" : after)
                .bind("limit", page)
                .map(PostgresLeftIntents::intent)
                .all()
                .collectList()
                .map(this::listed)
                .transform(PostgresFailures::told);
    }

    private Listed<LeftIntent> listed(List<LeftIntent> intents) {
        return new Listed<>(
                intents,
                intents.size() < page
                        ? null
                        : intents.getLast().kind() + ":" + intents.getLast().id());
    }

    private static LeftIntent intent(Readable row) {
        String type = row.get("remedy_type", String.class);
        return new LeftIntent(
                requireNonNull(row.get("kind", String.class)),
                requireNonNull(row.get("id", String.class)),
                requireNonNull(row.get("account", String.class)),
                requireNonNull(row.get("state", String.class)),
                type == null ? null : new Remedy(type, requireNonNull(row.get("remedy_object", String.class))));
    }
}
