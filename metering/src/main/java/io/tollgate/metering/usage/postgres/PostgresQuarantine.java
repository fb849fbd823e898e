package io.tollgate.metering.usage.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import io.tollgate.metering.usage.EventBook.WhereLocked;
import io.tollgate.metering.usage.EventPosition;
import io.tollgate.metering.usage.Quarantine;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A decision is one SQL transaction under the lock of the partition's cursor: no flush is under way meanwhile. */
final class PostgresQuarantine implements Quarantine {

    private static final String WAITING = Sql.beside(PostgresQuarantine.class, "waiting_entries");
    private static final String OF_ACCOUNT = Sql.beside(PostgresQuarantine.class, "entries_of_account");
    private static final String COUNT = Sql.beside(PostgresQuarantine.class, "count_waiting");
    private static final String END = Sql.beside(PostgresQuarantine.class, "end_quarantine");
    private static final String RESOLVE = Sql.beside(PostgresQuarantine.class, "resolve_entries");
    private static final String DISCARD = Sql.beside(PostgresQuarantine.class, "discard_entry");
    private static final String TO_REMOVE = Sql.beside(PostgresQuarantine.class, "accounts_to_remove");
    private static final String REMOVED = Sql.beside(PostgresQuarantine.class, "account_removed");

    private final DatabaseClient database;
    private final TransactionalOperator sqlTransaction;
    private final Partitions partitions;
    private final CursorRows cursors;
    private final LateBooking booking;

    PostgresQuarantine(
            DatabaseClient database,
            TransactionalOperator sqlTransaction,
            Partitions partitions,
            CursorRows cursors,
            LateBooking booking) {
        this.database = database;
        this.sqlTransaction = sqlTransaction;
        this.partitions = partitions;
        this.cursors = cursors;
        this.booking = booking;
    }

    @Override
    public Flux<Entry> waiting(@Nullable Place after, int limit) {
        return database.sql(WAITING)
                .bind("partition", after == null ? -1 : after.partition().number())
                .bind("epoch", after == null ? 0 : after.position().epoch())
                .bind("number", after == null ? 0 : after.position().number())
                .bind("limit", limit)
                .map(PostgresQuarantine::entry)
                .all()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Waiting> count() {
        return database.sql(COUNT)
                .map(row -> new Waiting(
                        requireNonNull(row.get("entries", Long.class)),
                        requireNonNull(row.get("accounts", Long.class))))
                .one()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Resolution> resolve(AccountId account, Decision decision, String because) {
        return cursors.lock(List.of(partitions.of(account)), WhereLocked.WAIT)
                .then(entries(account))
                .flatMap(entries -> entries.isEmpty()
                        ? Mono.<Resolution>just(new Resolution.NothingThere())
                        : resolve(account, entries, decision, because))
                .as(sqlTransaction::transactional)
                .onErrorResume(
                        LateBooking.UnresolvableException.class,
                        failure -> Mono.just(new Resolution.Unbookable(failure.place(), failure.reason())))
                .transform(PostgresFailures::told);
    }

    private Mono<Resolution> resolve(AccountId account, List<Entry> entries, Decision decision, String because) {
        return database.sql(END)
                .bind("account", account.value())
                .then()
                .then(decision == Decision.BOOK ? booking.book(entries) : Mono.empty())
                .then(database.sql(RESOLVE)
                        .bind("account", account.value())
                        .bind("decision", decision == Decision.BOOK ? "BOOKED" : "DISCARDED")
                        .bind("because", because)
                        .mapValue(Long.class)
                        .one())
                .map(Resolution.Resolved::new);
    }

    @Override
    public Mono<Resolution> discard(Place place, String because) {
        return database.sql(DISCARD)
                .bind("partition", place.partition().number())
                .bind("epoch", place.position().epoch())
                .bind("number", place.position().number())
                .bind("because", because)
                .mapValue(Long.class)
                .one()
                .map(entries -> entries == 0 ? new Resolution.NothingThere() : new Resolution.Resolved(entries))
                .cast(Resolution.class)
                .transform(PostgresFailures::told);
    }

    @Override
    public Flux<AccountId> toRemove(int limit) {
        return database.sql(TO_REMOVE)
                .bind("limit", limit)
                .mapValue(String.class)
                .all()
                .map(AccountId::new)
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Void> removed(AccountId account) {
        return database.sql(REMOVED).bind("account", account.value()).then().transform(PostgresFailures::told);
    }

    private Mono<List<Entry>> entries(AccountId account) {
        return database.sql(OF_ACCOUNT)
                .bind("account", account.value())
                .map(PostgresQuarantine::entry)
                .all()
                .collectList();
    }

    private static Entry entry(Readable row) {
        String event = row.get("event", String.class);
        return new Entry(
                new Place(
                        new Partition(requireNonNull(row.get("partition", Integer.class))),
                        new EventPosition(
                                requireNonNull(row.get("epoch", Long.class)),
                                requireNonNull(row.get("number", Long.class)))),
                requireNonNull(row.get("account", String.class)),
                requireNonNull(row.get("reason", String.class)),
                event == null ? null : EventJson.read(event),
                requireNonNull(row.get("fields", String.class)),
                requireNonNull(row.get("quarantined_at", Instant.class)));
    }
}
