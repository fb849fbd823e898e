package io.tollgate.metering.usage.postgres;

import static io.tollgate.metering.postgres.Columns.texts;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.postgres.Sql;
import io.tollgate.metering.usage.BatchOutcome.Quarantined;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sets aside what cannot be booked, freezes its account and raises an incident, so that the partition can go on. */
final class QuarantineRows {

    /** The table has all of them; a line has room for a few. */
    private static final int NAMED_IN_LOG = 3;

    private static final Logger LOG = LoggerFactory.getLogger(QuarantineRows.class);

    private static final String PUT = Sql.beside(QuarantineRows.class, "quarantine");
    private static final String RAISE = Sql.beside(QuarantineRows.class, "raise_incidents");
    private static final int TEXT_MAX = 8_192;

    private final DatabaseClient database;
    private final Commands commands;

    QuarantineRows(DatabaseClient database, Commands commands) {
        this.database = database;
        this.commands = commands;
    }

    Mono<Void> put(List<Quarantined> entries) {
        if (entries.isEmpty()) {
            return Mono.empty();
        }
        List<Quarantined> roots = entries.stream()
                .filter(entry -> entry.cause() == Quarantined.Cause.CANNOT_BE_BOOKED)
                .toList();
        return insert(entries).then(raiseForEntries(roots)).then(freeze(roots));
    }

    private Mono<Void> insert(List<Quarantined> entries) {
        return database.sql(PUT)
                .bind(
                        "partitions",
                        entries.stream().map(e -> e.partition().number()).toArray(Integer[]::new))
                .bind("epochs", entries.stream().map(e -> e.position().epoch()).toArray(Long[]::new))
                .bind(
                        "numbers",
                        entries.stream().map(e -> e.position().number()).toArray(Long[]::new))
                .bind("accounts", texts(entries, Quarantined::account))
                .bind("reasons", texts(entries, entry -> storable(entry.reason())))
                .bind("fields", texts(entries, entry -> storable(entry.fields())))
                .bind("eventIds", texts(entries, QuarantineRows::eventId))
                .bind("events", texts(entries, QuarantineRows::eventJson))
                .then();
    }

    private Mono<Void> raiseForEntries(List<Quarantined> roots) {
        return raise(
                "QUARANTINE",
                roots.stream().map(QuarantineRows::place).toList(),
                roots.stream()
                        .map(entry -> storable(entry.reason()) + "; account "
                                + (entry.account().isEmpty() ? "unknown" : entry.account()))
                        .toList());
    }

    private Mono<Void> raise(String kind, List<String> subjects, List<String> details) {
        if (subjects.isEmpty()) {
            return Mono.empty();
        }
        LOG.error(
                "Incident {}: {} found, the first are {} {}",
                kind,
                subjects.size(),
                subjects.stream().limit(NAMED_IN_LOG).toList(),
                details.stream().limit(NAMED_IN_LOG).toList());
        return database.sql(RAISE)
                .bind("kinds", subjects.stream().map(subject -> kind).toArray(String[]::new))
                .bind("subjects", subjects.toArray(String[]::new))
                .bind("details", details.toArray(String[]::new))
                .then();
    }

    private Mono<Void> freeze(List<Quarantined> roots) {
        return Flux.fromIterable(roots)
                .filter(entry -> !entry.account().isEmpty())
                .concatMap(this::freeze)
                .then();
    }

    private Mono<Void> freeze(Quarantined entry) {
        return commands.issue(new AccountId(entry.account()), freezeId(entry), new Command.Freeze())
                .then();
    }

    // Numbers may be used again: what the entry holds tells it from the other one.
    private static String freezeId(Quarantined entry) {
        UUID content = UUID.nameUUIDFromBytes(storable(entry.fields()).getBytes(UTF_8));
        return "quarantine:" + place(entry) + ":" + content;
    }

    private static String place(Quarantined entry) {
        return entry.partition().number() + "@" + entry.position();
    }

    private static String eventId(Quarantined entry) {
        return entry.event() == null ? "" : storable(entry.event().id());
    }

    // jsonb takes no escaped NUL either.
    private static @Nullable String eventJson(Quarantined entry) {
        return entry.event() == null ? null : EventJson.write(entry.event()).replace("\\u0000", "\\uFFFD");
    }

    /** Postgres takes no NUL, and the table no novels. */
    private static String storable(String text) {
        String bounded = text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
        return bounded.replace('\0', '\uFFFD');
    }
}
