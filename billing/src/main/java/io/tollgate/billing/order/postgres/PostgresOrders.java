package io.tollgate.billing.order.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import io.tollgate.billing.order.Order;
import io.tollgate.billing.order.OrderId;
import io.tollgate.billing.order.OrderState;
import io.tollgate.billing.order.Orders;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.time.Duration;
import java.time.Instant;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

final class PostgresOrders implements Orders {

    private static final String ADD = Sql.beside(PostgresOrders.class, "add");
    private static final String FIND = Sql.beside(PostgresOrders.class, "find");
    private static final String OF_SESSION = Sql.beside(PostgresOrders.class, "of_session");
    private static final String UNANSWERED = Sql.beside(PostgresOrders.class, "unanswered");
    private static final String OPENED = Sql.beside(PostgresOrders.class, "opened");
    private static final String MOVE_TO = Sql.beside(PostgresOrders.class, "move_to");
    private static final String TAKE_DUE = Sql.beside(PostgresOrders.class, "take_due");

    private final DatabaseClient database;

    PostgresOrders(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Void> add(Order order) {
        String session = order.sessionId();
        Parameter sessionId = session == null ? Parameters.in(R2dbcType.VARCHAR) : Parameters.in(session);
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
                .bind("session", sessionId)
                .then()
                .transform(PostgresFailures::told);
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
                row.get("session_id", String.class));
    }

    private static String text(Readable row, String column) {
        return requireNonNull(row.get(column, String.class));
    }
}
