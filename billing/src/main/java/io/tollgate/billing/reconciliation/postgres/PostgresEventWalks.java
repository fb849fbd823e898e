package io.tollgate.billing.reconciliation.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import io.tollgate.billing.reconciliation.EventWalk;
import io.tollgate.billing.reconciliation.EventWalks;
import io.tollgate.billing.reconciliation.Period;
import io.tollgate.billing.reconciliation.PublishedEvents.Which;
import io.tollgate.billing.reconciliation.StripeRuns.Runner;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

final class PostgresEventWalks implements EventWalks {

    private static final String CLAIM = Sql.beside(PostgresEventWalks.class, "walk_claim");
    private static final String NOTE = Sql.beside(PostgresEventWalks.class, "walk_note");

    private final DatabaseClient database;

    PostgresEventWalks(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<EventWalk> claim(Which which, Runner walker) {
        return database.sql(CLAIM)
                .bind("name", which.name())
                .bind("walker", walker.name())
                .bind("leaseMillis", walker.lease().toMillis())
                .map(PostgresEventWalks::walk)
                .one()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<EventWalk> note(EventWalk walk, long recovered, Runner walker) {
        Period window = walk.window();
        return database.sql(NOTE)
                .bind("name", walk.which().name())
                .bind("walker", walker.name())
                .bind("leaseMillis", walker.lease().toMillis())
                .bind("walkedUntil", orNull(walk.walkedUntil()))
                .bind("from", orNull(window == null ? null : window.from()))
                .bind("until", orNull(window == null ? null : window.until()))
                .bind("after", orNull(walk.after()))
                .bind("recovered", recovered)
                .map(PostgresEventWalks::walk)
                .one()
                .transform(PostgresFailures::told);
    }

    private static EventWalk walk(Readable row) {
        Instant from = row.get("window_from", Instant.class);
        Instant until = row.get("window_until", Instant.class);
        return new EventWalk(
                Which.valueOf(requireNonNull(row.get("name", String.class))),
                row.get("walked_until", Instant.class),
                from == null || until == null ? null : new Period(from, until),
                row.get("after_event", String.class));
    }

    private static Parameter orNull(@Nullable Instant instant) {
        return instant == null ? Parameters.in(Instant.class) : Parameters.in(instant);
    }

    private static Parameter orNull(@Nullable String text) {
        return text == null ? Parameters.in(R2dbcType.VARCHAR) : Parameters.in(text);
    }
}
