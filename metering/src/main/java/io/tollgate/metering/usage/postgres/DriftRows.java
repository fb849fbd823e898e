package io.tollgate.metering.usage.postgres;

import static io.tollgate.metering.postgres.Columns.texts;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.postgres.Sql;
import io.tollgate.metering.usage.BatchOutcome.Drift;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Raises an incident for each account that the live store and the book count differently, unless it has one open. */
final class DriftRows {

    private static final Logger LOG = LoggerFactory.getLogger(DriftRows.class);
    private static final String RAISE = Sql.beside(DriftRows.class, "raise_incidents");

    private final DatabaseClient database;
    private final Counter drifts;

    DriftRows(DatabaseClient database, MeterRegistry meters) {
        this.database = database;
        this.drifts = Counter.builder("tollgate.flush.drift")
                .description("Accounts in booked batches whose credit differs between live store and book")
                .register(meters);
    }

    Mono<Void> raise(List<Drift> found) {
        if (found.isEmpty()) {
            return Mono.empty();
        }
        drifts.increment(found.size());
        return database.sql(RAISE)
                .bind("kinds", texts(found, drift -> "DRIFT"))
                .bind("subjects", texts(found, drift -> drift.account().value()))
                .bind("details", texts(found, DriftRows::detail))
                .fetch()
                .rowsUpdated()
                .doOnNext(raised -> log(found, raised))
                .then();
    }

    // Every later event of such an account differs as well: only new incidents are news.
    private static void log(List<Drift> found, long raised) {
        if (raised > 0) {
            LOG.error("Incident DRIFT: {}", found);
        }
    }

    private static String detail(Drift drift) {
        return "after event " + drift.position() + " the live store has posted " + Credits.decimal(drift.liveMicros())
                + " and the book " + Credits.decimal(drift.bookedMicros());
    }
}
