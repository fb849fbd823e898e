package io.tollgate.billing.reconciliation.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import io.tollgate.billing.reconciliation.Finding;
import io.tollgate.billing.reconciliation.Finding.Amounts;
import io.tollgate.billing.reconciliation.Finding.Kind;
import io.tollgate.billing.reconciliation.Finding.Remedy;
import io.tollgate.billing.reconciliation.Findings;
import io.tollgate.billing.reconciliation.RecordedFinding;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

final class PostgresFindings implements Findings {

    private static final String KEEP = Sql.beside(PostgresFindings.class, "keep_finding");
    private static final String OF_RUN = Sql.beside(PostgresFindings.class, "findings_of_run");
    private static final String OPEN = Sql.beside(PostgresFindings.class, "findings_open");
    private static final String REPAIRABLE = Sql.beside(PostgresFindings.class, "findings_repairable");
    private static final String FIND = Sql.beside(PostgresFindings.class, "finding");
    private static final String REPAIRING = Sql.beside(PostgresFindings.class, "finding_repairing");
    private static final String DISMISS = Sql.beside(PostgresFindings.class, "finding_dismiss");
    private static final String CONCLUDE = Sql.beside(PostgresFindings.class, "findings_conclude");
    private static final String STANDING = Sql.beside(PostgresFindings.class, "findings_standing");

    private final DatabaseClient database;

    PostgresFindings(DatabaseClient database) {
        this.database = database;
    }

    /** In the caller's SQL transaction. */
    Mono<Void> keep(long run, List<Finding> findings) {
        return Flux.fromIterable(findings)
                .concatMap(finding -> keep(run, finding))
                .then();
    }

    @Override
    public Flux<RecordedFinding> of(long run, long after, int limit) {
        return all(database.sql(OF_RUN).bind("run", run).bind("after", after).bind("limit", limit));
    }

    @Override
    public Flux<RecordedFinding> open(long before, int limit) {
        return all(database.sql(OPEN).bind("before", before).bind("limit", limit));
    }

    @Override
    public Flux<RecordedFinding> repairable(Set<Kind> kinds, int attempts, int limit) {
        String[] names = kinds.stream().map(Kind::name).toArray(String[]::new);
        return all(database.sql(REPAIRABLE)
                .bind("kinds", names)
                .bind("attempts", attempts)
                .bind("limit", limit));
    }

    @Override
    public Mono<RecordedFinding> find(long number) {
        return all(database.sql(FIND).bind("number", number)).next();
    }

    @Override
    public Mono<RecordedFinding> repairing(long number, String event) {
        return all(database.sql(REPAIRING).bind("number", number).bind("event", event))
                .next();
    }

    @Override
    public Mono<RecordedFinding> dismiss(long number, String reason) {
        return all(database.sql(DISMISS).bind("number", number).bind("reason", reason))
                .next();
    }

    @Override
    public Mono<Long> conclude() {
        return database.sql(CONCLUDE).fetch().rowsUpdated().transform(PostgresFailures::told);
    }

    @Override
    public Mono<Map<Kind, Long>> standing() {
        return database.sql(STANDING)
                .map(row -> Map.entry(Kind.valueOf(text(row, "kind")), requireNonNull(row.get("open", Long.class))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .transform(PostgresFailures::told);
    }

    private Mono<Void> keep(long run, Finding finding) {
        Amounts amounts = finding.amounts();
        Remedy remedy = finding.remedy();
        return database.sql(KEEP)
                .bind("run", run)
                .bind("kind", finding.kind().name())
                .bind("object", finding.object())
                .bind("related", orNull(finding.related()))
                .bind("account", orNull(finding.account()))
                .bind("currency", orNull(amounts == null ? null : amounts.currency()))
                .bind("stripe", orNull(amounts == null ? null : amounts.stripe()))
                .bind("book", orNull(amounts == null ? null : amounts.book()))
                .bind("detail", finding.detail())
                .bind("remedyType", orNull(remedy == null ? null : remedy.eventType()))
                .bind("remedyObject", orNull(remedy == null ? null : remedy.object()))
                .then();
    }

    private static Flux<RecordedFinding> all(GenericExecuteSpec statement) {
        return statement.map(PostgresFindings::finding).all().transform(PostgresFailures::told);
    }

    private static RecordedFinding finding(Readable row) {
        return new RecordedFinding(
                requireNonNull(row.get("number", Long.class)),
                new Finding(
                        Kind.valueOf(text(row, "kind")),
                        text(row, "object"),
                        row.get("related", String.class),
                        row.get("account", String.class),
                        amounts(row),
                        text(row, "detail"),
                        remedy(row)),
                RecordedFinding.State.valueOf(text(row, "state")),
                requireNonNull(row.get("attempts", Integer.class)),
                row.get("repair_event", String.class),
                row.get("closed_because", String.class),
                requireNonNull(row.get("first_seen_at", Instant.class)),
                requireNonNull(row.get("last_seen_at", Instant.class)));
    }

    private static @Nullable Amounts amounts(Readable row) {
        String currency = row.get("currency", String.class);
        return currency == null
                ? null
                : new Amounts(currency, row.get("stripe_minor", Long.class), row.get("book_minor", Long.class));
    }

    private static @Nullable Remedy remedy(Readable row) {
        String type = row.get("remedy_type", String.class);
        return type == null ? null : new Remedy(type, text(row, "remedy_object"));
    }

    private static String text(Readable row, String column) {
        return requireNonNull(row.get(column, String.class), column);
    }

    private static Parameter orNull(@Nullable String text) {
        return text == null ? Parameters.in(R2dbcType.VARCHAR) : Parameters.in(text);
    }

    private static Parameter orNull(@Nullable Long number) {
        return number == null ? Parameters.in(R2dbcType.BIGINT) : Parameters.in(number);
    }
}
