package io.tollgate.metering.reconciliation.postgres;

import static io.tollgate.metering.postgres.Columns.texts;
import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import io.tollgate.metering.reconciliation.Drift;
import io.tollgate.metering.reconciliation.DriftRecord;
import io.tollgate.metering.reconciliation.RecordedDrift;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Drift and its incidents. */
final class DriftRows implements DriftRecord {

    private static final Logger LOG = LoggerFactory.getLogger(DriftRows.class);

    private static final String KEEP = Sql.beside(DriftRows.class, "keep");
    private static final String RAISE = Sql.beside(DriftRows.class, "raise");
    private static final String ALL = Sql.beside(DriftRows.class, "drifts");
    private static final String OF_RUN = Sql.beside(DriftRows.class, "drifts_of_run");
    private static final int TEXT_MAX = 2_000;

    private final DatabaseClient database;

    DriftRows(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Void> keep(List<Drift> drifts) {
        return keep(null, drifts).transform(PostgresFailures::told);
    }

    /** Takes part in the caller's SQL transaction. */
    Mono<Void> keep(@Nullable Long run, List<Drift> drifts) {
        if (drifts.isEmpty()) {
            return Mono.empty();
        }
        LOG.error("Drift: {}", drifts);
        GenericExecuteSpec keep =
                database.sql(KEEP).bind("run", run == null ? Parameters.in(Long.class) : Parameters.in(run));
        return bound(keep, drifts)
                .then()
                .then(Mono.defer(() -> bound(database.sql(RAISE), drifts).then()));
    }

    @Override
    public Flux<RecordedDrift> all(long before, int limit) {
        return database.sql(ALL)
                .bind("before", before)
                .bind("limit", limit)
                .map(DriftRows::recorded)
                .all()
                .transform(PostgresFailures::told);
    }

    @Override
    public Flux<RecordedDrift> of(long run, long after, int limit) {
        return database.sql(OF_RUN)
                .bind("run", run)
                .bind("after", after)
                .bind("limit", limit)
                .map(DriftRows::recorded)
                .all()
                .transform(PostgresFailures::told);
    }

    private static GenericExecuteSpec bound(GenericExecuteSpec statement, List<Drift> drifts) {
        return statement
                .bind("accounts", texts(drifts, drift -> drift.account().value()))
                .bind("kinds", texts(drifts, drift -> drift.kind().name()))
                .bind("found", texts(drifts, drift -> storable(drift.found())))
                .bind("expected", texts(drifts, drift -> storable(drift.expected())));
    }

    private static String storable(String text) {
        String bounded = text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
        return bounded.replace('\0', '\uFFFD');
    }

    private static RecordedDrift recorded(Readable row) {
        return new RecordedDrift(
                requireNonNull(row.get("number", Long.class)),
                requireNonNull(row.get("run", Long.class)),
                new Drift(
                        new AccountId(text(row, "account")),
                        Drift.Kind.valueOf(text(row, "kind")),
                        text(row, "found"),
                        text(row, "expected")),
                requireNonNull(row.get("first_seen_at", Instant.class)),
                requireNonNull(row.get("last_seen_at", Instant.class)));
    }

    private static String text(Readable row, String column) {
        return requireNonNull(row.get(column, String.class), column);
    }
}
