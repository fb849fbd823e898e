package io.tollgate.billing.subscription.postgres;

import io.tollgate.billing.subscription.AccountPlan;
import io.tollgate.billing.subscription.InvoiceState;
import io.tollgate.billing.subscription.PlanBook.Subject;
import io.tollgate.billing.subscription.Present;
import io.tollgate.billing.subscription.Present.TrialCard;
import io.tollgate.billing.subscription.SubscriptionState;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.postgres.Sql;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** What the book says of an account's plan. */
final class PlanReads {

    private static final String OPEN_PLAN = Sql.beside(PlanReads.class, "open_plan");
    private static final String LOCK_PLAN = Sql.beside(PlanReads.class, "lock_plan");
    private static final String LOCK_DUE = Sql.beside(PlanReads.class, "lock_due");
    private static final String PLAN = Sql.beside(PlanReads.class, "plan");
    private static final String SUBSCRIPTION = Sql.beside(PlanReads.class, "subscription");
    private static final String INVOICE = Sql.beside(PlanReads.class, "invoice");
    private static final String FAILING = Sql.beside(PlanReads.class, "failing");
    private static final String USE_CARD = Sql.beside(PlanReads.class, "use_card");
    private static final String CARD_USER = Sql.beside(PlanReads.class, "card_user");

    private final DatabaseClient database;

    PlanReads(DatabaseClient database) {
        this.database = database;
    }

    /** The account's row, made now if there was none, and locked; empty if there is no such account. */
    Mono<AccountPlan> lock(AccountId account) {
        return database.sql(OPEN_PLAN).bind("account", account.value()).then().then(one(LOCK_PLAN, account));
    }

    /** A row whose time has come and that nobody else has locked; empty if there is none. */
    Mono<AccountPlan> lockDue(Instant now) {
        return database.sql(LOCK_DUE).bind("now", now).map(PlanRows::plan).one();
    }

    /** Without a lock; a row that says nothing if there is none. */
    Mono<AccountPlan> plan(AccountId account) {
        return one(PLAN, account).defaultIfEmpty(AccountPlan.none(account));
    }

    Mono<Present> present(AccountPlan plan, Subject subject) {
        String looked = subject.subscription() == null ? plan.subscription() : subject.subscription();
        return Mono.zip(
                        subscription(plan.subscription()),
                        subscription(looked),
                        invoice(subject.invoice()),
                        failing(looked),
                        card(subject))
                .map(all -> new Present(
                        plan,
                        all.getT1().orElse(null),
                        all.getT2().orElse(null),
                        all.getT3().orElse(null),
                        all.getT4(),
                        all.getT5()));
    }

    private Mono<AccountPlan> one(String sql, AccountId account) {
        return database.sql(sql)
                .bind("account", account.value())
                .map(PlanRows::plan)
                .one();
    }

    private Mono<Optional<SubscriptionState>> subscription(@Nullable String id) {
        return id == null
                ? Mono.just(Optional.empty())
                : database.sql(SUBSCRIPTION)
                        .bind("id", id)
                        .map(PlanRows::subscription)
                        .one()
                        .singleOptional();
    }

    private Mono<Optional<InvoiceState>> invoice(@Nullable String id) {
        return id == null
                ? Mono.just(Optional.empty())
                : database.sql(INVOICE)
                        .bind("invoice", id)
                        .map(PlanRows::invoice)
                        .one()
                        .singleOptional();
    }

    private Mono<List<InvoiceState>> failing(@Nullable String subscription) {
        return subscription == null
                ? Mono.just(List.of())
                : database.sql(FAILING)
                        .bind("subscription", subscription)
                        .map(PlanRows::invoice)
                        .all()
                        .collectList();
    }

    // Who writes the card down first has the trial, and the other waits for that one's SQL transaction.
    private Mono<TrialCard> card(Subject subject) {
        String fingerprint = subject.trialCard();
        if (fingerprint == null) {
            return Mono.just(TrialCard.FREE);
        }
        return database.sql(USE_CARD)
                .bind("fingerprint", fingerprint)
                .bind("account", subject.account().value())
                .then()
                .then(database.sql(CARD_USER)
                        .bind("fingerprint", fingerprint)
                        .map(PlanRows::account)
                        .one())
                .map(user -> user.equals(subject.account()) ? TrialCard.FREE : TrialCard.USED);
    }
}
