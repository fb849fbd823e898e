package io.tollgate.billing.subscription.postgres;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.subscription.Change;
import io.tollgate.billing.subscription.PlanBook;
import io.tollgate.billing.subscription.PlanTerms;
import io.tollgate.billing.subscription.Present;
import io.tollgate.billing.subscription.SubscriptionState;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.transaction.ReactiveTransaction;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

final class PostgresPlanBook implements PlanBook {

    private static final String VERSION = Sql.beside(PostgresPlanBook.class, "version");
    private static final String ACCOUNT_OF = Sql.beside(PostgresPlanBook.class, "account_of");
    private static final String ACCOUNT_OF_CUSTOMER = Sql.beside(PostgresPlanBook.class, "account_of_customer");
    private static final String TERMS = Sql.beside(PostgresPlanBook.class, "terms");
    private static final String PAID_AT = Sql.beside(PostgresPlanBook.class, "paid_at");
    private static final String WITHOUT_PLAN = Sql.beside(PostgresPlanBook.class, "without_plan");
    private static final String NEW_WITHOUT_PLAN = Sql.beside(PostgresPlanBook.class, "new_without_plan");

    private final DatabaseClient database;
    private final TransactionalOperator sqlTransaction;
    private final PlanReads reads;
    private final PlanWrites writes;
    private final PlanEffects effects;

    PostgresPlanBook(DatabaseClient database, TransactionalOperator sqlTransaction, PlanEffects effects) {
        this.database = database;
        this.sqlTransaction = sqlTransaction;
        this.reads = new PlanReads(database);
        this.writes = new PlanWrites(database);
        this.effects = effects;
    }

    @Override
    public Mono<Long> version(String subscription) {
        return database.sql(VERSION)
                .bind("id", subscription)
                .map(row -> PlanRows.number(row, "version"))
                .one()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<AccountId> accountOf(String subscription) {
        return database.sql(ACCOUNT_OF)
                .bind("id", subscription)
                .map(PlanRows::account)
                .one()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<AccountId> accountOfCustomer(String customer) {
        return database.sql(ACCOUNT_OF_CUSTOMER)
                .bind("customer", customer)
                .map(PlanRows::account)
                .one()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Instant> paidAt(String invoice) {
        return database.sql(PAID_AT)
                .bind("invoice", invoice)
                .mapValue(Instant.class)
                .one()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<PlanTerms> terms(String subscription, String price) {
        return database.sql(TERMS)
                .bind("id", subscription)
                .bind("price", price)
                .map(PlanRows::terms)
                .one()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Present> present(AccountId account) {
        return reads.plan(account)
                .flatMap(plan -> reads.present(plan, Subject.of(account)))
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Booked> change(Subject subject, Function<Present, Change> decision) {
        return sqlTransaction
                .execute(status -> reads.lock(subject.account())
                        .flatMap(plan -> reads.present(plan, subject))
                        .flatMap(present -> isStale(present, subject)
                                ? Mono.<Booked>just(new Booked.Stale())
                                : whole(decision.apply(present), status))
                        .defaultIfEmpty(new Booked.Refused("there is no account " + subject.account())))
                .single()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Booked> changeDue(Instant now, Function<Present, Change> decision) {
        return reads.lockDue(now)
                .flatMap(plan -> reads.present(plan, Subject.of(plan.account())))
                .flatMap(present -> asFarAsPossible(decision.apply(present)))
                .as(sqlTransaction::transactional)
                .transform(PostgresFailures::told);
    }

    @Override
    public Flux<AccountId> withoutPlan(@Nullable Duration age, int limit) {
        GenericExecuteSpec sql = age == null
                ? database.sql(WITHOUT_PLAN)
                : database.sql(NEW_WITHOUT_PLAN).bind("ageSeconds", (double) age.toSeconds());
        return sql.bind("limit", limit)
                .map(row -> new AccountId(requireNonNull(row.get("id", String.class))))
                .all()
                .transform(PostgresFailures::told);
    }

    private static boolean isStale(Present present, Subject subject) {
        SubscriptionState looked = present.looked();
        Long version = subject.version();
        return version != null && version != (looked == null ? 0 : looked.version());
    }

    private Mono<Booked> whole(Change change, ReactiveTransaction status) {
        return effects.allow(change).flatMap(done -> {
            String refused = done.refused();
            if (refused != null) {
                status.setRollbackOnly();
                return Mono.just(new Booked.Refused(refused));
            }
            return write(change, done);
        });
    }

    private Mono<Booked> asFarAsPossible(Change change) {
        return effects.allow(change).flatMap(done -> write(change, done));
    }

    private Mono<Booked> write(Change change, PlanEffects.Done done) {
        return writes.subscription(change.subscription())
                .then(writes.invoice(change.invoice()))
                .then(writes.plan(change.plan()))
                .then(effects.record(change, done.grant()))
                .thenReturn(new Booked.Written(change, done.commands(), done.refused()));
    }
}
