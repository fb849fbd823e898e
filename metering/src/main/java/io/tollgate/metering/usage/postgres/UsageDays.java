package io.tollgate.metering.usage.postgres;

import static java.util.Objects.requireNonNull;

import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.time.LocalDate;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps partitions of days ready for the usage events to come, and drops those past their retention. Each step is a statement of
 * its own and takes turns with those of other gateways, so that any number of them may do so at once, and a step that is done
 * already does nothing.
 */
final class UsageDays {

    private static final Logger LOG = LoggerFactory.getLogger(UsageDays.class);

    private static final String DAYS = Sql.beside(UsageDays.class, "days");
    private static final String CREATE = Sql.beside(UsageDays.class, "create_day");
    private static final String DROP = Sql.beside(UsageDays.class, "drop_day");
    private static final String FORGET = Sql.beside(UsageDays.class, "forget_default");

    private final DatabaseClient database;
    private final DaySettings settings;
    private final DayMeter meter;

    private record Standing(LocalDate today, List<LocalDate> days) {}

    /** As {@code usage_day_create} answers. */
    private enum Creation {
        CREATED,
        PRESENT,
        TOO_MANY_ROWS
    }

    UsageDays(DatabaseClient database, DaySettings settings, DayMeter meter) {
        this.database = database;
        this.settings = settings;
        this.meter = meter;
    }

    /** One look. What cannot be created now is left to the default partition, which takes every event that has no day. */
    Mono<Void> keep() {
        return standing()
                .flatMap(now -> act(DayPlan.of(now.today(), now.days(), settings)))
                .flatMap(tooFull -> standing()
                        .doOnNext(then -> meter.ran(DayPlan.ahead(then.today(), then.days()), tooFull.intValue())))
                .then()
                .timeout(settings.timeout())
                .doOnError(failure -> meter.failed())
                .onErrorMap(failures -> Exceptions.unwrapMultiple(failures).getFirst())
                .transform(PostgresFailures::told);
    }

    /** How many days had to be left to the default partition. A step that fails does not keep the others from being done. */
    private Mono<Long> act(DayPlan plan) {
        Flux<Creation> creations = Flux.fromIterable(plan.create()).flatMapDelayError(this::create, 1, 1);
        Flux<Creation> drops = Flux.fromIterable(plan.drop())
                .flatMapDelayError(this::drop, 1, 1)
                .thenMany(Flux.empty());
        Flux<Creation> removal = forget(plan.keptFrom()).thenMany(Flux.empty());
        return Flux.concatDelayError(creations, drops, removal)
                .filter(creation -> creation == Creation.TOO_MANY_ROWS)
                .count();
    }

    private Mono<Creation> create(LocalDate day) {
        return database.sql(CREATE)
                .bind("day", day)
                .bind("mostMoved", settings.rowsAtOnce())
                .map(row -> Creation.valueOf(requireNonNull(row.get("outcome", String.class))))
                .one()
                .doOnNext(creation -> note(day, creation));
    }

    private Mono<Void> drop(LocalDate day) {
        return database.sql(DROP)
                .bind("day", day)
                .map(row -> requireNonNull(row.get("dropped", Boolean.class)))
                .one()
                .filter(Boolean::booleanValue)
                .doOnNext(dropped -> {
                    meter.dropped();
                    LOG.info("Usage events of {} are past their retention and were dropped", day);
                })
                .then();
    }

    private Mono<Void> forget(LocalDate before) {
        return database.sql(FORGET)
                .bind("before", before)
                .bind("most", settings.rowsAtOnce())
                .map(row -> requireNonNull(row.get("gone", Long.class)))
                .one()
                .doOnNext(meter::forgotten)
                .then();
    }

    private void note(LocalDate day, Creation creation) {
        switch (creation) {
            case CREATED -> meter.created();
            case PRESENT -> {}
            case TOO_MANY_ROWS ->
                LOG.warn("The default partition holds too many usage events of {} to give that day its own", day);
        }
    }

    private Mono<Standing> standing() {
        return database.sql(DAYS)
                .map(row -> new Standing(
                        requireNonNull(row.get("today", LocalDate.class)),
                        List.of(requireNonNull(row.get("days", LocalDate[].class)))))
                .one();
    }
}
