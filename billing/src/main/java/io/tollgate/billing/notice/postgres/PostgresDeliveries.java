package io.tollgate.billing.notice.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import io.tollgate.billing.notice.Channel;
import io.tollgate.billing.notice.Deliveries;
import io.tollgate.billing.notice.DeliveryLimits;
import io.tollgate.billing.notice.Notice;
import io.tollgate.billing.notice.TakenDelivery;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.postgres.Columns;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

final class PostgresDeliveries implements Deliveries {

    private static final String TAKE = Sql.beside(PostgresDeliveries.class, "take");
    private static final String LOCK_ADMISSION = Sql.beside(PostgresDeliveries.class, "lock_admission");
    private static final String ADMIT = Sql.beside(PostgresDeliveries.class, "admit");
    private static final String CLOSE = Sql.beside(PostgresDeliveries.class, "close");
    private static final String POSTPONE = Sql.beside(PostgresDeliveries.class, "postpone");
    private static final String LIST = Sql.beside(PostgresDeliveries.class, "list");
    private static final String REQUEUE = Sql.beside(PostgresDeliveries.class, "requeue");
    private static final String KEEP_UNROUTED = Sql.beside(PostgresDeliveries.class, "keep_unrouted");
    private static final String FORGET = Sql.beside(PostgresDeliveries.class, "forget");
    private static final String STANDING = Sql.beside(PostgresDeliveries.class, "standing");

    private static final String[] KINDS = Columns.texts(List.of(Notice.Kind.values()), Notice.Kind::name);

    private final DatabaseClient database;
    private final TransactionalOperator sqlTransaction;

    PostgresDeliveries(DatabaseClient database, TransactionalOperator sqlTransaction) {
        this.database = database;
        this.sqlTransaction = sqlTransaction;
    }

    @Override
    public Mono<TakenDelivery> take(Channel channel, Duration lease) {
        return database.sql(TAKE)
                .bind("channel", channel.name())
                .bind("leaseSeconds", seconds(lease))
                .bind("kinds", KINDS)
                .map(PostgresDeliveries::taken)
                .one()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Admission> admit(TakenDelivery delivery, DeliveryLimits limits) {
        Mono<Void> locked = database.sql(LOCK_ADMISSION)
                .bind("account", delivery.account().value())
                .then();
        return locked.then(named(ADMIT, delivery)
                        .bind("account", delivery.account().value())
                        .bind("kind", delivery.kind().name())
                        .bind("ofKind", limits.ofKind())
                        .bind("ofAccount", limits.ofAccount())
                        .bind("windowSeconds", seconds(limits.window()))
                        .bind("inAll", limits.inAll())
                        .bind("inAllSeconds", seconds(limits.inAllWindow()))
                        .mapValue(String.class)
                        .one())
                .map(Admission::valueOf)
                .as(sqlTransaction::transactional)
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Void> close(TakenDelivery delivery, State state, String reason) {
        return named(CLOSE, delivery)
                .bind("state", state.name())
                .bind("reason", reason)
                .then()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Void> postpone(TakenDelivery delivery, Delay delay) {
        return named(POSTPONE, delivery)
                .bind("attempts", delivery.attempts())
                .bind("delaySeconds", seconds(delay.length()))
                .bind("reason", delay.reason())
                .bind("knownUntold", delay.told() == Told.NO ? 1 : 0)
                .then()
                .transform(PostgresFailures::told);
    }

    @Override
    public Flux<ListedDelivery> list(State state, long below, int limit) {
        return database.sql(LIST)
                .bind("state", state.name())
                .bind("below", below)
                .bind("limit", limit)
                .map(PostgresDeliveries::listed)
                .all()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Boolean> requeue(long notice, Channel channel) {
        return database.sql(REQUEUE)
                .bind("notice", notice)
                .bind("channel", channel.name())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1)
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Long> keepUnrouted(Collection<Channel> routed, Duration age) {
        return database.sql(KEEP_UNROUTED)
                .bind("channels", Columns.texts(List.copyOf(routed), Channel::name))
                .bind("ageSeconds", seconds(age))
                .fetch()
                .rowsUpdated()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Long> forget(Duration age, int limit) {
        return database.sql(FORGET)
                .bind("ageSeconds", seconds(age))
                .bind("limit", limit)
                .fetch()
                .rowsUpdated()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Standing> standing() {
        return database.sql(STANDING).map(PostgresDeliveries::standing).one().transform(PostgresFailures::told);
    }

    private GenericExecuteSpec named(String sql, TakenDelivery delivery) {
        return database.sql(sql)
                .bind("notice", delivery.number())
                .bind("channel", delivery.channel().name());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    private static TakenDelivery taken(Readable row) {
        return new TakenDelivery(
                number(row, "notice"),
                new Channel(text(row, "channel")),
                new AccountId(text(row, "account")),
                Notice.Kind.valueOf(text(row, "kind")),
                Facts.read(requireNonNull(row.get("facts", Json.class)).asArray()),
                requireNonNull(row.get("posted_at", Instant.class)),
                (int) number(row, "attempts"),
                (int) number(row, "unsure"));
    }

    private static ListedDelivery listed(Readable row) {
        return new ListedDelivery(
                number(row, "notice"),
                new Channel(text(row, "channel")),
                text(row, "account"),
                text(row, "kind"),
                State.valueOf(text(row, "state")),
                (int) number(row, "attempts"),
                row.get("reason", String.class),
                requireNonNull(row.get("posted_at", Instant.class)));
    }

    private static Standing standing(Readable row) {
        double oldestSeconds = requireNonNull(row.get("oldest_seconds", Double.class));
        return new Standing(number(row, "waiting"), number(row, "kept"), number(row, "buried"), Duration.ofMillis((long)
                (oldestSeconds * 1_000)));
    }

    private static String text(Readable row, String column) {
        return requireNonNull(row.get(column, String.class));
    }

    private static long number(Readable row, String column) {
        return requireNonNull(row.get(column, Long.class));
    }
}
