package io.tollgate.billing.webhook.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import io.tollgate.billing.webhook.StoredEvents;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

final class PostgresStoredEvents implements StoredEvents {

    private static final String STORE = Sql.beside(PostgresStoredEvents.class, "store");
    private static final String TAKE = Sql.beside(PostgresStoredEvents.class, "take");
    private static final String CLOSE = Sql.beside(PostgresStoredEvents.class, "close");
    private static final String POSTPONE = Sql.beside(PostgresStoredEvents.class, "postpone");
    private static final String BURY = Sql.beside(PostgresStoredEvents.class, "bury");
    private static final String BURIED = Sql.beside(PostgresStoredEvents.class, "buried");
    private static final String REQUEUE = Sql.beside(PostgresStoredEvents.class, "requeue");
    private static final String FORGET = Sql.beside(PostgresStoredEvents.class, "forget");
    private static final String STANDING = Sql.beside(PostgresStoredEvents.class, "standing");

    private final DatabaseClient database;

    PostgresStoredEvents(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Void> store(String id, String type, @Nullable String objectId, byte[] body) {
        Parameter object = objectId == null ? Parameters.in(R2dbcType.VARCHAR) : Parameters.in(objectId);
        return database.sql(STORE)
                .bind("id", id)
                .bind("type", type)
                .bind("objectId", object)
                .bind("body", ByteBuffer.wrap(body))
                .then()
                .transform(PostgresFailures::told);
    }

    @Override
    public Flux<TakenEvent> take(int limit, Duration lease) {
        return database.sql(TAKE)
                .bind("limit", limit)
                .bind("leaseSeconds", seconds(lease))
                .map(PostgresStoredEvents::event)
                .all()
                .collectList() // they are handled once the connection is given back
                .flatMapIterable(taken -> taken)
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Void> close(String id, Closing closing) {
        return database.sql(CLOSE)
                .bind("id", id)
                .bind("state", closing.name())
                .then()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Void> postpone(String id, Duration delay, String reason) {
        return database.sql(POSTPONE)
                .bind("id", id)
                .bind("delaySeconds", seconds(delay))
                .bind("reason", reason)
                .then()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Void> bury(String id, String reason) {
        return database.sql(BURY).bind("id", id).bind("reason", reason).then().transform(PostgresFailures::told);
    }

    @Override
    public Flux<BuriedEvent> buried(int limit) {
        return database.sql(BURIED)
                .bind("limit", limit)
                .map(PostgresStoredEvents::buriedEvent)
                .all()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Boolean> requeue(String id) {
        return database.sql(REQUEUE)
                .bind("id", id)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1)
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
        return database.sql(STANDING)
                .map(row -> new Standing(
                        requireNonNull(row.get("waiting", Long.class)), requireNonNull(row.get("buried", Long.class))))
                .one()
                .transform(PostgresFailures::told);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    private static TakenEvent event(Readable row) {
        return new TakenEvent(
                requireNonNull(row.get("id", String.class)),
                requireNonNull(row.get("type", String.class)),
                row.get("object_id", String.class),
                requireNonNull(row.get("attempts", Integer.class)));
    }

    private static BuriedEvent buriedEvent(Readable row) {
        return new BuriedEvent(
                requireNonNull(row.get("id", String.class)),
                requireNonNull(row.get("type", String.class)),
                row.get("object_id", String.class),
                requireNonNull(row.get("attempts", Integer.class)),
                requireNonNull(row.get("last_error", String.class)),
                requireNonNull(row.get("received_at", Instant.class)));
    }
}
