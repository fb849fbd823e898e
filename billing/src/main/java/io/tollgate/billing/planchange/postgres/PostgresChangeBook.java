package io.tollgate.billing.planchange.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.planchange.AskedChange;
import io.tollgate.billing.planchange.AskedChange.State;
import io.tollgate.billing.planchange.ChangeBook;
import io.tollgate.billing.planchange.Kind;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

final class PostgresChangeBook implements ChangeBook {

    private static final String OPEN = Sql.beside(PostgresChangeBook.class, "open");
    private static final String MOVE = Sql.beside(PostgresChangeBook.class, "move");
    private static final String UNDER_WAY = Sql.beside(PostgresChangeBook.class, "under_way");
    private static final String UNDER_WAY_OF = Sql.beside(PostgresChangeBook.class, "under_way_of");
    private static final String TAKE = Sql.beside(PostgresChangeBook.class, "take");

    private final DatabaseClient database;

    PostgresChangeBook(DatabaseClient database) {
        this.database = database;
    }

    // Where the one in the way is settled between the two statements, there is nothing in the way any more.
    @Override
    public Mono<AskedChange> open(AskedChange change, Instant lookAt) {
        return insert(change, lookAt)
                .flatMap(rows -> rows == 1
                        ? Mono.just(change)
                        : underWay(change.account()).switchIfEmpty(Mono.defer(() -> open(change, lookAt))))
                .transform(PostgresFailures::told);
    }

    private Mono<Long> insert(AskedChange change, Instant lookAt) {
        return database.sql(OPEN)
                .bind("id", change.id())
                .bind("account", change.account().value())
                .bind("subscription", change.subscription())
                .bind("kind", change.kind().name())
                .bind("plan", change.plan())
                .bind("interval", change.interval().name())
                .bind("proratedAt", change.proratedAt())
                .bind("charge", change.charge().minor())
                .bind("currency", change.charge().currency())
                .bind("lookAt", lookAt)
                .fetch()
                .rowsUpdated();
    }

    @Override
    public Mono<Void> move(String id, Outcome outcome, Instant now) {
        boolean settled = outcome.state() != State.OPEN && outcome.state() != State.AWAITING_PAYMENT;
        return database.sql(MOVE)
                .bind("id", id)
                .bind("state", outcome.state().name())
                .bind("reason", text(outcome.reason()))
                .bind("url", text(outcome.paymentUrl()))
                .bind("settledAt", settled ? Parameters.in(now) : Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE))
                .then()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<AskedChange> underWay(AccountId account) {
        return database.sql(UNDER_WAY)
                .bind("account", account.value())
                .map(PostgresChangeBook::change)
                .one()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<AskedChange> underWayOf(String subscription) {
        return database.sql(UNDER_WAY_OF)
                .bind("subscription", subscription)
                .map(PostgresChangeBook::change)
                .one()
                .transform(PostgresFailures::told);
    }

    @Override
    public Flux<AskedChange> take(Instant now, Instant nextLook, int limit) {
        return database.sql(TAKE)
                .bind("now", now)
                .bind("nextLook", nextLook)
                .bind("limit", limit)
                .map(PostgresChangeBook::change)
                .all()
                .collectList() // the connection is given back before Stripe is asked about them
                .flatMapIterable(taken -> taken)
                .transform(PostgresFailures::told);
    }

    private static AskedChange change(Readable row) {
        return new AskedChange(
                text(row, "id"),
                new AccountId(text(row, "account")),
                text(row, "subscription"),
                Kind.valueOf(text(row, "kind")),
                State.valueOf(text(row, "state")),
                text(row, "plan"),
                Interval.valueOf(text(row, "billing_interval")),
                requireNonNull(row.get("prorated_at", Instant.class)),
                new Money(requireNonNull(row.get("charge_minor", Long.class)), text(row, "currency")),
                row.get("payment_url", String.class));
    }

    private static String text(Readable row, String column) {
        return requireNonNull(row.get(column, String.class));
    }

    private static Parameter text(@Nullable String text) {
        return text == null ? Parameters.in(R2dbcType.VARCHAR) : Parameters.in(text);
    }
}
