package io.tollgate.billing.order.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.catalog.LineJson;
import io.tollgate.billing.catalog.PlanLine;
import io.tollgate.billing.order.Order;
import io.tollgate.billing.order.OrderId;
import io.tollgate.billing.order.OrderState;
import io.tollgate.billing.order.OrderedPlan;
import io.tollgate.billing.order.Orders;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

final class PostgresOrders implements Orders {

    private static final String ADD = Sql.beside(PostgresOrders.class, "add");
    private static final String CLAIM_TRIAL = Sql.beside(PostgresOrders.class, "claim_trial");
    private static final String FIND = Sql.beside(PostgresOrders.class, "find");
    private static final String OF_SESSION = Sql.beside(PostgresOrders.class, "of_session");
    private static final String OF_SUBSCRIPTION = Sql.beside(PostgresOrders.class, "of_subscription");
    private static final String OPEN_PLANS = Sql.beside(PostgresOrders.class, "open_plans");
    private static final String UNANSWERED = Sql.beside(PostgresOrders.class, "unanswered");
    private static final String OPENED = Sql.beside(PostgresOrders.class, "opened");
    private static final String MOVE_TO = Sql.beside(PostgresOrders.class, "move_to");
    private static final String TAKE_DUE = Sql.beside(PostgresOrders.class, "take_due");

    private final DatabaseClient database;
    private final TransactionalOperator sqlTransaction;

    PostgresOrders(DatabaseClient database, TransactionalOperator sqlTransaction) {
        this.database = database;
        this.sqlTransaction = sqlTransaction;
    }

    @Override
    public Mono<Void> add(Order order) {
        return insert(order).transform(PostgresFailures::told);
    }

    @Override
    public Mono<Order> addWithTrial(Order order) {
        return sqlTransaction
                .transactional(
                        claimTrial(order).flatMap(claimed -> insert(claimed).thenReturn(claimed)))
                .transform(PostgresFailures::told);
    }

    private Mono<Order> claimTrial(Order order) {
        OrderedPlan plan = requireNonNull(order.plan());
        return database.sql(CLAIM_TRIAL)
                .bind("account", order.account().value())
                .bind("id", order.id().value())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0 ? order : order.withPlan(plan.withoutTrial()));
    }

    private Mono<Void> insert(Order order) {
        OrderedPlan plan = order.plan();
        return database.sql(ADD)
                .bind("id", order.id().value())
                .bind("account", order.account().value())
                .bind("state", order.state().name())
                .bind("title", order.title())
                .bind("credits", order.credits().micros())
                .bind("price", order.price().minor())
                .bind("currency", order.price().currency())
                .bind("customer", order.customerId())
                .bind("fingerprint", order.fingerprint())
                .bind("expiresAt", order.sessionExpiresAt())
                .bind("session", orNull(order.sessionId()))
                .bind("plan", orNull(plan == null ? null : plan.terms().id()))
                .bind("interval", orNull(plan == null ? null : plan.interval().name()))
                .bind(
                        "trialDays",
                        plan == null
                                ? Parameters.in(R2dbcType.INTEGER)
                                : Parameters.in(R2dbcType.INTEGER, plan.trialDays()))
                .bind("terms", orNull(plan == null ? null : LineJson.write(PlanLine.of(plan.terms()))))
                .then();
    }

    private static Parameter orNull(@Nullable String text) {
        return text == null ? Parameters.in(R2dbcType.VARCHAR) : Parameters.in(R2dbcType.VARCHAR, text);
    }

    @Override
    public Mono<Order> find(OrderId id) {
        return database.sql(FIND)
                .bind("id", id.value())
                .map(PostgresOrders::order)
                .one()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Order> ofSession(String sessionId) {
        return database.sql(OF_SESSION)
                .bind("session", sessionId)
                .map(PostgresOrders::order)
                .one()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Order> ofSubscription(String subscriptionId) {
        return database.sql(OF_SUBSCRIPTION)
                .bind("subscription", subscriptionId)
                .map(PostgresOrders::order)
                .one()
                .transform(PostgresFailures::told);
    }

    @Override
    public Flux<Order> openPlans(AccountId account, int limit) {
        return database.sql(OPEN_PLANS)
                .bind("account", account.value())
                .bind("limit", limit)
                .map(PostgresOrders::order)
                .all()
                .collectList() // Stripe is asked about them once the connection is given back
                .flatMapIterable(due -> due)
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Order> unanswered(AccountId account, String fingerprint, Duration age) {
        return database.sql(UNANSWERED)
                .bind("account", account.value())
                .bind("fingerprint", fingerprint)
                .bind("ageSeconds", seconds(age))
                .map(PostgresOrders::order)
                .one()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Order> opened(OrderId id, String sessionId) {
        return database.sql(OPENED)
                .bind("id", id.value())
                .bind("session", sessionId)
                .map(PostgresOrders::order)
                .one()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Void> moveTo(OrderId id, OrderState state) {
        return database.sql(MOVE_TO)
                .bind("id", id.value())
                .bind("state", state.name())
                .then()
                .transform(PostgresFailures::told);
    }

    @Override
    public Flux<Order> takeDue(Duration first, Duration longest, int limit) {
        return database.sql(TAKE_DUE)
                .bind("firstSeconds", seconds(first))
                .bind("longestSeconds", seconds(longest))
                .bind("limit", limit)
                .map(PostgresOrders::order)
                .all()
                .transform(PostgresFailures::told);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    private static Order order(Readable row) {
        return new Order(
                new OrderId(text(row, "id")),
                new AccountId(text(row, "account")),
                OrderState.valueOf(text(row, "state")),
                text(row, "title"),
                Credits.ofMicros(requireNonNull(row.get("credits_micros", Long.class))),
                new Money(requireNonNull(row.get("price_minor", Long.class)), text(row, "currency")),
                text(row, "customer_id"),
                text(row, "fingerprint"),
                requireNonNull(row.get("session_expires_at", Instant.class)),
                row.get("session_id", String.class),
                plan(row));
    }

    private static @Nullable OrderedPlan plan(Readable row) {
        String terms = row.get("plan_terms", String.class);
        return terms == null
                ? null
                : new OrderedPlan(
                        LineJson.read(terms, PlanLine.class).plan(),
                        Interval.valueOf(text(row, "interval")),
                        requireNonNull(row.get("trial_days", Integer.class)));
    }

    private static String text(Readable row, String column) {
        return requireNonNull(row.get(column, String.class));
    }
}
