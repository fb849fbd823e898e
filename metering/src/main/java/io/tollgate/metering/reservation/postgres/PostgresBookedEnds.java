package io.tollgate.metering.reservation.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.postgres.HoldDay;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import io.tollgate.metering.reservation.BookedEnd;
import io.tollgate.metering.reservation.BookedEnds;
import io.tollgate.metering.reservation.HoldId;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Looks holds up among the usage events. */
final class PostgresBookedEnds implements BookedEnds {

    private static final String ENDS = Sql.beside(PostgresBookedEnds.class, "ends");

    private final DatabaseClient database;

    PostgresBookedEnds(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Map<HoldId, BookedEnd>> of(Collection<HoldId> holds) {
        return holds.isEmpty()
                ? Mono.just(Map.of())
                : database.sql(ENDS)
                        .bind("ids", holds.stream().map(HoldId::value).toArray(UUID[]::new))
                        .bind(
                                "days",
                                holds.stream()
                                        .map(hold -> HoldDay.of(hold.value()))
                                        .toArray(Integer[]::new))
                        .map(row -> Map.entry(new HoldId(requireNonNull(row.get("id", UUID.class))), end(row)))
                        .all()
                        .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                        .transform(PostgresFailures::told);
    }

    private static BookedEnd end(Readable row) {
        return switch (requireNonNull(row.get("kind", String.class))) {
            case "RELEASED" -> new BookedEnd.Released();
            case "EXPIRED" -> new BookedEnd.Expired();
            default ->
                new BookedEnd.Charged(
                        Credits.ofMicros(requireNonNull(row.get("charged_micros", Long.class))),
                        Credits.ofMicros(requireNonNull(row.get("uncollected_micros", Long.class))));
        };
    }
}
