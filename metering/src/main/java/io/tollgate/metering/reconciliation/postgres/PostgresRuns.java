package io.tollgate.metering.reconciliation.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import io.tollgate.metering.reconciliation.Findings;
import io.tollgate.metering.reconciliation.Run;
import io.tollgate.metering.reconciliation.Runs;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

final class PostgresRuns implements Runs {

    private static final String START = Sql.beside(PostgresRuns.class, "start");
    private static final String RUNNING = Sql.beside(PostgresRuns.class, "running");
    private static final String CLAIM = Sql.beside(PostgresRuns.class, "claim");
    private static final String NEXT = Sql.beside(PostgresRuns.class, "next");
    private static final String ADVANCE = Sql.beside(PostgresRuns.class, "advance");
    private static final String FINISH = Sql.beside(PostgresRuns.class, "finish");
    private static final String FIND = Sql.beside(PostgresRuns.class, "find");
    private static final String ALL = Sql.beside(PostgresRuns.class, "all");

    /** A run may end between the attempt to begin another and the look at it. */
    private static final int STARTS = 3;

    private final DatabaseClient database;
    private final TransactionalOperator sqlTransaction;
    private final DriftRows drifts;

    PostgresRuns(DatabaseClient database, TransactionalOperator sqlTransaction, DriftRows drifts) {
        this.database = database;
        this.sqlTransaction = sqlTransaction;
        this.drifts = drifts;
    }

    @Override
    public Mono<StartResult> start() {
        Mono<StartResult> started = begin(Run.Cause.OPERATOR, null).map(StartResult.Started::new);
        Mono<StartResult> running = one(database.sql(RUNNING)).map(StartResult.StillRunning::new);
        return started.switchIfEmpty(running)
                .repeatWhenEmpty(STARTS, attempts -> attempts)
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Run> startNightly(LocalDate night) {
        return begin(Run.Cause.NIGHTLY, night).transform(PostgresFailures::told);
    }

    @Override
    public Mono<Run> claim(String runner, Duration lease) {
        return one(database.sql(CLAIM).bind("runner", runner).bind("leaseMillis", lease.toMillis()))
                .transform(PostgresFailures::told);
    }

    @Override
    public Flux<AccountId> next(Run run, int limit) {
        return database.sql(NEXT)
                .bind("after", run.lastAccount())
                .bind("limit", limit)
                .mapValue(String.class)
                .all()
                .map(AccountId::new)
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Run> advance(Run run, String runner, Duration lease, AccountId last, Findings findings) {
        return one(database.sql(ADVANCE)
                        .bind("id", run.id())
                        .bind("runner", runner)
                        .bind("leaseMillis", lease.toMillis())
                        .bind("last", last.value())
                        .bind("checked", findings.checked())
                        .bind("moving", findings.moving())
                        .bind("drifted", findings.drifted()))
                .flatMap(noted -> drifts.keep(run.id(), findings.drifts()).thenReturn(noted))
                .as(sqlTransaction::transactional)
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Run> finish(Run run, String runner) {
        return one(database.sql(FINISH).bind("id", run.id()).bind("runner", runner))
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Run> find(long id) {
        return one(database.sql(FIND).bind("id", id)).transform(PostgresFailures::told);
    }

    @Override
    public Flux<Run> all(long before, int limit) {
        return database.sql(ALL)
                .bind("before", before)
                .bind("limit", limit)
                .map(PostgresRuns::run)
                .all()
                .transform(PostgresFailures::told);
    }

    private Mono<Run> begin(Run.Cause cause, @Nullable LocalDate night) {
        return one(database.sql(START)
                .bind("cause", cause.name())
                .bind("night", night == null ? Parameters.in(LocalDate.class) : Parameters.in(night)));
    }

    private static Mono<Run> one(GenericExecuteSpec statement) {
        return statement.map(PostgresRuns::run).one();
    }

    private static Run run(Readable row) {
        return new Run(
                number(row, "id"),
                Run.Cause.valueOf(text(row, "cause")),
                Run.State.valueOf(text(row, "state")),
                number(row, "accounts"),
                number(row, "checked"),
                number(row, "moving"),
                number(row, "drifted"),
                text(row, "last_account"),
                requireNonNull(row.get("resumed", Integer.class)),
                requireNonNull(row.get("started_at", Instant.class)),
                row.get("finished_at", Instant.class));
    }

    private static String text(Readable row, String column) {
        return requireNonNull(row.get(column, String.class), column);
    }

    private static long number(Readable row, String column) {
        return requireNonNull(row.get(column, Long.class), column);
    }
}
