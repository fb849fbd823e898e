package io.tollgate.billing.autotopup.postgres;

import io.tollgate.billing.autotopup.Attempt;
import io.tollgate.billing.autotopup.AttemptState;
import io.tollgate.billing.autotopup.AutoTopUpBook.Failed;
import io.tollgate.billing.autotopup.AutoTopUpBook.Failure;
import io.tollgate.billing.autotopup.AutoTopUpBook.GrantResult;
import io.tollgate.billing.autotopup.AutoTopUpSettings;
import io.tollgate.billing.autotopup.Intent;
import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.payment.Payments;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.grant.Grant;
import io.tollgate.metering.grant.Grants;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.Set;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.ReactiveTransaction;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** How attempts end: in one SQL transaction each, with all that follows from it. */
final class AttemptEnds {

    private static final String GRANT = Sql.beside(AttemptEnds.class, "grant");
    private static final String WITHHOLD = Sql.beside(AttemptEnds.class, "withhold");
    private static final String FAIL = Sql.beside(AttemptEnds.class, "fail");
    private static final String AWAIT_CONFIRMATION = Sql.beside(AttemptEnds.class, "await_confirmation");
    private static final String COUNT_FAILURE = Sql.beside(AttemptEnds.class, "count_failure");
    private static final String BLOCK = Sql.beside(AttemptEnds.class, "block");
    private static final String FORGIVE = Sql.beside(AttemptEnds.class, "forgive");
    private static final String SWITCH_OFF = Sql.beside(AttemptEnds.class, "switch_off");
    private static final String PUT_OFF = Sql.beside(AttemptEnds.class, "put_off");

    /** Nothing but another card helps: to try again would only annoy the bank. */
    private static final Set<String> FINAL = Set.of(
            "lost_card",
            "stolen_card",
            "pickup_card",
            "restricted_card",
            "expired_card",
            "invalid_account",
            "card_not_supported",
            "resource_missing",
            "payment_method_customer_mismatch");

    private static final int REASON_MAX = 100;

    private final DatabaseClient database;
    private final TransactionalOperator sqlTransaction;
    private final Grants grants;
    private final Payments payments;
    private final AttemptNotices notices;
    private final AutoTopUpSettings settings;
    private final InstantSource clock;

    AttemptEnds(
            DatabaseClient database,
            TransactionalOperator sqlTransaction,
            Grants grants,
            Payments payments,
            AttemptNotices notices,
            AutoTopUpSettings settings,
            InstantSource clock) {
        this.database = database;
        this.sqlTransaction = sqlTransaction;
        this.grants = grants;
        this.payments = payments;
        this.notices = notices;
        this.settings = settings;
        this.clock = clock;
    }

    Mono<Boolean> awaitConfirmation(Attempt attempt, Intent intent) {
        return sqlTransaction
                .transactional(database.sql(AWAIT_CONFIRMATION)
                        .bind("id", attempt.id())
                        .bind("paymentIntent", intent.id())
                        .bind("url", Rows.orNull(intent.url()))
                        .fetch()
                        .rowsUpdated()
                        .map(rows -> rows == 1)
                        .delayUntil(first -> first ? notices.actionRequired(attempt, intent.url()) : Mono.empty()))
                .transform(PostgresFailures::told);
    }

    Mono<GrantResult> grant(Attempt attempt, Intent intent) {
        if (!pays(attempt, intent)) {
            return withhold(attempt, intent, "PAID_SOMETHING_ELSE");
        }
        return sqlTransaction
                .execute(status -> close(attempt, intent)
                        .flatMap(rows ->
                                rows == 0 ? Mono.just(new GrantResult.GrantedBefore()) : give(attempt, intent, status)))
                .single()
                .flatMap(result -> result instanceof GrantResult.Withheld(String reason)
                        ? withhold(attempt, intent, reason)
                        : Mono.just(result))
                .transform(PostgresFailures::told);
    }

    private static boolean pays(Attempt attempt, Intent intent) {
        return intent.receivedMinor() >= attempt.price().minor()
                && intent.currency().equals(attempt.price().currency());
    }

    private Mono<Long> close(Attempt attempt, Intent intent) {
        return database.sql(GRANT)
                .bind("id", attempt.id())
                .bind("paymentIntent", intent.id())
                .bind("now", clock.instant())
                .fetch()
                .rowsUpdated();
    }

    private Mono<GrantResult> give(Attempt attempt, Intent intent, ReactiveTransaction status) {
        return grants.give(grantFor(attempt, intent)).flatMap(result -> switch (result) {
            case Grants.GrantResult.Given(long number, IssuedCommand command) ->
                payments.add(payment(attempt, intent, number))
                        .then(forgive(attempt))
                        .then(notices.granted(attempt, intent, number))
                        .thenReturn(new GrantResult.Granted(command));
            case Grants.GrantResult.GivenBefore _ -> Mono.just(new GrantResult.GrantedBefore());
            case Grants.GrantResult refused -> {
                status.setRollbackOnly();
                yield Mono.just(new GrantResult.Withheld(reason(refused)));
            }
        });
    }

    private static Grant grantFor(Attempt attempt, Intent intent) {
        return new Grant(
                attempt.account(),
                attempt.credits(),
                Grant.Cause.TOP_UP,
                intent.id(),
                attempt.price(),
                Grant.DEFAULT_PRIORITY,
                null);
    }

    private static String reason(Grants.GrantResult refused) {
        return switch (refused) {
            case Grants.GrantResult.BeyondBound _ -> "BEYOND_BOUND";
            case Grants.GrantResult.NoSuchAccount _ -> "NO_SUCH_ACCOUNT";
            case Grants.GrantResult _ -> "CONFLICT";
        };
    }

    private Payment payment(Attempt attempt, Intent intent, long grant) {
        return new Payment(
                attempt.id(),
                attempt.account(),
                Payment.Kind.AUTO_TOP_UP,
                attempt.title(),
                new Money(intent.receivedMinor(), intent.currency()),
                attempt.credits(),
                intent.id(),
                null,
                null,
                grant,
                clock.instant());
    }

    private Mono<Void> forgive(Attempt attempt) {
        return ofCard(FORGIVE, attempt).then();
    }

    private Mono<GrantResult> withhold(Attempt attempt, Intent intent, String reason) {
        return database.sql(WITHHOLD)
                .bind("id", attempt.id())
                .bind("paymentIntent", intent.id())
                .bind("reason", reason)
                .then()
                .transform(PostgresFailures::told)
                .thenReturn(new GrantResult.Withheld(reason));
    }

    Mono<Failed> fail(Attempt attempt, Failure failure) {
        return sqlTransaction
                .transactional(close(attempt, failure.as(), failure)
                        .filter(rows -> rows == 1)
                        .flatMap(_ -> countFailure(attempt))
                        .flatMap(failures -> consequences(attempt, failure, failures)))
                .transform(PostgresFailures::told);
    }

    Mono<Void> abandon(Attempt attempt) {
        Failure failure = new Failure(AttemptState.ABANDONED, null, "unanswered", clock.instant());
        return close(attempt, AttemptState.ABANDONED, failure).then().transform(PostgresFailures::told);
    }

    Mono<Void> tellOfCap(AccountId account, YearMonth month) {
        return notices.capReached(account, month);
    }

    private Mono<Long> close(Attempt attempt, AttemptState as, Failure failure) {
        return database.sql(FAIL)
                .bind("id", attempt.id())
                .bind("state", as.name())
                .bind("paymentIntent", Rows.orNull(failure.paymentIntent()))
                .bind("reason", shortened(failure.reason()))
                .bind("now", failure.at())
                .fetch()
                .rowsUpdated();
    }

    private Mono<Integer> countFailure(Attempt attempt) {
        return ofCard(COUNT_FAILURE, attempt).mapValue(Integer.class).one();
    }

    private Mono<Failed> consequences(Attempt attempt, Failure failure, int failures) {
        Instant blockedUntil = failure.at().plus(settings.backOff(failures));
        Mono<Boolean> off = failures >= settings.failuresMax() || FINAL.contains(failure.reason())
                ? switchOff(attempt, failure)
                : putOff(attempt, blockedUntil).thenReturn(false);
        return ofCard(BLOCK, attempt)
                .bind("until", blockedUntil)
                .then()
                .then(off)
                .map(switchedOff -> new Failed(failures, switchedOff))
                .delayUntil(failed -> failed.off()
                        ? notices.off(attempt, failure.reason())
                        : notices.failed(attempt, failure.reason(), blockedUntil));
    }

    private Mono<Boolean> switchOff(Attempt attempt, Failure failure) {
        return ofCard(SWITCH_OFF, attempt)
                .bind("reason", shortened(failure.reason()))
                .bind("now", failure.at())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    private Mono<Void> putOff(Attempt attempt, Instant until) {
        return database.sql(PUT_OFF)
                .bind("account", attempt.account().value())
                .bind("due", until)
                .then();
    }

    private DatabaseClient.GenericExecuteSpec ofCard(String sql, Attempt attempt) {
        return database.sql(sql)
                .bind("account", attempt.account().value())
                .bind("fingerprint", attempt.card().fingerprint());
    }

    private static String shortened(String reason) {
        return reason.length() <= REASON_MAX ? reason : reason.substring(0, REASON_MAX);
    }
}
