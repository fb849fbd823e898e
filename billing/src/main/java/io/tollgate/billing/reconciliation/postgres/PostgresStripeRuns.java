package io.tollgate.billing.reconciliation.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import io.tollgate.billing.reconciliation.Comparison;
import io.tollgate.billing.reconciliation.Period;
import io.tollgate.billing.reconciliation.StripeRun;
import io.tollgate.billing.reconciliation.StripeRuns;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

final class PostgresStripeRuns implements StripeRuns {

    private static final String START = Sql.beside(PostgresStripeRuns.class, "start");
    private static final String RUNNING = Sql.beside(PostgresStripeRuns.class, "running");
    private static final String CLAIM = Sql.beside(PostgresStripeRuns.class, "claim");
    private static final String ADVANCE = Sql.beside(PostgresStripeRuns.class, "advance");
    private static final String FAILED = Sql.beside(PostgresStripeRuns.class, "failed");
    private static final String SKIP = Sql.beside(PostgresStripeRuns.class, "skip");
    private static final String END = Sql.beside(PostgresStripeRuns.class, "end");
    private static final String FIND = Sql.beside(PostgresStripeRuns.class, "find");
    private static final String ALL = Sql.beside(PostgresStripeRuns.class, "all");

    /** A run may end between the attempt to begin another and the look at it. */
    private static final int STARTS = 3;

    private final DatabaseClient database;
    private final TransactionalOperator sqlTransaction;
    private final PostgresFindings findings;

    PostgresStripeRuns(DatabaseClient database, TransactionalOperator sqlTransaction, PostgresFindings findings) {
        this.database = database;
        this.sqlTransaction = sqlTransaction;
        this.findings = findings;
    }

    @Override
    public Mono<StartResult> start(Period period) {
        Mono<StartResult> started =
                begin(StripeRun.Cause.OPERATOR, null, period).map(StartResult.Started::new);
        Mono<StartResult> running = one(database.sql(RUNNING)).map(StartResult.StillRunning::new);
        return started.switchIfEmpty(running)
                .repeatWhenEmpty(STARTS, attempts -> attempts)
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<StripeRun> startNightly(LocalDate night, Period period) {
        return begin(StripeRun.Cause.NIGHTLY, night, period).transform(PostgresFailures::told);
    }

    @Override
    public Mono<StripeRun> claim(Runner runner) {
        return one(database.sql(CLAIM)
                        .bind("runner", runner.name())
                        .bind("leaseMillis", runner.lease().toMillis()))
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<StripeRun> advance(StripeRun run, Runner runner, Comparison.Page page, Stage next) {
        long found = page.findings().size();
        return one(at(ADVANCE, run, runner, next)
                        .bind("fromStep", run.step())
                        .bind("fromPlace", orNull(run.place()))
                        .bind("looked", page.looked())
                        .bind("found", found))
                .flatMap(noted -> findings.keep(run.id(), page.findings()).thenReturn(noted))
                .as(sqlTransaction::transactional)
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<StripeRun> failed(StripeRun run, Runner runner, String reason) {
        return one(of(FAILED, run, runner).bind("reason", reason)).transform(PostgresFailures::told);
    }

    @Override
    public Mono<StripeRun> skip(StripeRun run, Runner runner, String comparison, Stage next) {
        return one(at(SKIP, run, runner, next).bind("skipped", comparison)).transform(PostgresFailures::told);
    }

    @Override
    public Mono<StripeRun> end(StripeRun run, Runner runner, StripeRun.State state) {
        return one(of(END, run, runner).bind("state", state.name())).transform(PostgresFailures::told);
    }

    @Override
    public Mono<StripeRun> find(long id) {
        return one(database.sql(FIND).bind("id", id)).transform(PostgresFailures::told);
    }

    @Override
    public Flux<StripeRun> all(long before, int limit) {
        return database.sql(ALL)
                .bind("before", before)
                .bind("limit", limit)
                .map(PostgresStripeRuns::run)
                .all()
                .transform(PostgresFailures::told);
    }

    private Mono<StripeRun> begin(StripeRun.Cause cause, @Nullable LocalDate night, Period period) {
        return one(database.sql(START)
                .bind("cause", cause.name())
                .bind("night", night == null ? Parameters.in(LocalDate.class) : Parameters.in(night))
                .bind("from", period.from())
                .bind("until", period.until()));
    }

    private GenericExecuteSpec of(String sql, StripeRun run, Runner runner) {
        return database.sql(sql).bind("id", run.id()).bind("runner", runner.name());
    }

    private GenericExecuteSpec at(String sql, StripeRun run, Runner runner, Stage next) {
        return of(sql, run, runner)
                .bind("leaseMillis", runner.lease().toMillis())
                .bind("step", next.step())
                .bind("place", orNull(next.place()));
    }

    private static Parameter orNull(@Nullable String text) {
        return text == null ? Parameters.in(R2dbcType.VARCHAR) : Parameters.in(text);
    }

    private static Mono<StripeRun> one(GenericExecuteSpec statement) {
        return statement.map(PostgresStripeRuns::run).one();
    }

    private static StripeRun run(Readable row) {
        return new StripeRun(
                number(row, "id"),
                StripeRun.Cause.valueOf(text(row, "cause")),
                new Period(instant(row, "period_from"), instant(row, "period_until")),
                StripeRun.State.valueOf(text(row, "state")),
                text(row, "step"),
                row.get("place", String.class),
                number(row, "looked"),
                number(row, "found"),
                List.of(requireNonNull(row.get("skipped", String[].class))),
                requireNonNull(row.get("failures", Integer.class)),
                row.get("last_failure", String.class),
                requireNonNull(row.get("resumed", Integer.class)),
                instant(row, "started_at"),
                row.get("finished_at", Instant.class));
    }

    private static String text(Readable row, String column) {
        return requireNonNull(row.get(column, String.class), column);
    }

    private static long number(Readable row, String column) {
        return requireNonNull(row.get(column, Long.class), column);
    }

    private static Instant instant(Readable row, String column) {
        return requireNonNull(row.get(column, Instant.class), column);
    }
}
