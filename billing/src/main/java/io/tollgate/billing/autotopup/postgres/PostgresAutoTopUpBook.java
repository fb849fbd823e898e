package io.tollgate.billing.autotopup.postgres;

import io.tollgate.billing.autotopup.Attempt;
import io.tollgate.billing.autotopup.AttemptState;
import io.tollgate.billing.autotopup.AutoTopUpBook;
import io.tollgate.billing.autotopup.AutoTopUpSettings;
import io.tollgate.billing.autotopup.Decision;
import io.tollgate.billing.autotopup.Intent;
import io.tollgate.billing.autotopup.Standing;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

final class PostgresAutoTopUpBook implements AutoTopUpBook {

    private static final String LOCK = Sql.beside(PostgresAutoTopUpBook.class, "lock");
    private static final String STANDING = Sql.beside(PostgresAutoTopUpBook.class, "standing");
    private static final String ADD = Sql.beside(PostgresAutoTopUpBook.class, "add");
    private static final String TAKE_SHORT = Sql.beside(PostgresAutoTopUpBook.class, "take_short");
    private static final String TAKE_DUE = Sql.beside(PostgresAutoTopUpBook.class, "take_due");
    private static final String FIND = Sql.beside(PostgresAutoTopUpBook.class, "find");
    private static final String OF_INTENT = Sql.beside(PostgresAutoTopUpBook.class, "of_intent");
    private static final String MOVE_TO = Sql.beside(PostgresAutoTopUpBook.class, "move_to");

    private final DatabaseClient database;
    private final TransactionalOperator sqlTransaction;
    private final AttemptEnds ends;
    private final AutoTopUpSettings settings;

    PostgresAutoTopUpBook(
            DatabaseClient database,
            TransactionalOperator sqlTransaction,
            AttemptEnds ends,
            AutoTopUpSettings settings) {
        this.database = database;
        this.sqlTransaction = sqlTransaction;
        this.ends = ends;
        this.settings = settings;
    }

    @Override
    public Mono<Standing> standing(AccountId account, Instant now) {
        return database.sql(STANDING)
                .bind("account", account.value())
                .bind("month", beginningOfMonth(now))
                .map(Rows::standing)
                .one()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Decision> begin(AccountId account, Instant now, Function<Standing, Decision> decision) {
        return sqlTransaction
                .transactional(database.sql(LOCK)
                        .bind("account", account.value())
                        .mapValue(String.class)
                        .one()
                        .flatMap(_ -> standing(account, now))
                        .map(decision)
                        .flatMap(this::write))
                .transform(PostgresFailures::told);
    }

    private Mono<Decision> write(Decision decision) {
        return switch (decision) {
            case Decision.Start start ->
                add(start.attempt()).map(rows -> rows == 1 ? start : new Decision.Skip(Decision.Reason.UNDER_WAY));
            case Decision.Skip _ -> Mono.just(decision);
        };
    }

    private Mono<Long> add(Attempt attempt) {
        return database.sql(ADD)
                .bind("id", attempt.id())
                .bind("account", attempt.account().value())
                .bind("trigger", attempt.trigger().name())
                .bind("title", attempt.title())
                .bind("credits", attempt.credits().micros())
                .bind("price", attempt.price().minor())
                .bind("currency", attempt.price().currency())
                .bind("customer", attempt.customer())
                .bind("paymentMethod", attempt.card().paymentMethod())
                .bind("fingerprint", attempt.card().fingerprint())
                .bind("startedAt", attempt.startedAt())
                .bind("expiresAt", attempt.expiresAt())
                .bind("dueAt", attempt.startedAt().plus(settings.firstCheck()))
                .fetch()
                .rowsUpdated();
    }

    @Override
    public Flux<AccountId> takeShort(Instant now) {
        return database.sql(TAKE_SHORT)
                .bind("now", now)
                .bind("next", now.plus(settings.recheck()))
                .bind("limit", settings.batch())
                .mapValue(String.class)
                .all()
                .collectList() // the connection is given back before Stripe is asked about them
                .flatMapIterable(taken -> taken)
                .map(AccountId::new)
                .transform(PostgresFailures::told);
    }

    @Override
    public Flux<Attempt> takeDue(Instant now) {
        return database.sql(TAKE_DUE)
                .bind("now", now)
                .bind("firstSeconds", seconds(settings.firstCheck()))
                .bind("longestSeconds", seconds(settings.longestCheck()))
                .bind("limit", settings.batch())
                .map(Rows::attempt)
                .all()
                .collectList() // the connection is given back before Stripe is asked about them
                .flatMapIterable(taken -> taken)
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Attempt> find(String id) {
        return database.sql(FIND).bind("id", id).map(Rows::attempt).one().transform(PostgresFailures::told);
    }

    @Override
    public Mono<Attempt> ofIntent(String paymentIntent) {
        return database.sql(OF_INTENT)
                .bind("paymentIntent", paymentIntent)
                .map(Rows::attempt)
                .one()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Void> moveTo(Attempt attempt, AttemptState state, @Nullable Intent intent) {
        return database.sql(MOVE_TO)
                .bind("id", attempt.id())
                .bind("state", state.name())
                .bind("paymentIntent", Rows.orNull(intent == null ? null : intent.id()))
                .then()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Boolean> awaitConfirmation(Attempt attempt, Intent intent) {
        return ends.awaitConfirmation(attempt, intent);
    }

    @Override
    public Mono<GrantResult> grant(Attempt attempt, Intent intent) {
        return ends.grant(attempt, intent);
    }

    @Override
    public Mono<Failed> fail(Attempt attempt, Failure failure) {
        return ends.fail(attempt, failure);
    }

    @Override
    public Mono<Void> abandon(Attempt attempt) {
        return ends.abandon(attempt);
    }

    @Override
    public Mono<Void> tellOfCap(AccountId account, Instant now) {
        return ends.tellOfCap(account, YearMonth.from(now.atOffset(ZoneOffset.UTC)));
    }

    private static Instant beginningOfMonth(Instant now) {
        return YearMonth.from(now.atOffset(ZoneOffset.UTC))
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
