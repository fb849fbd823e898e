package io.tollgate.metering.usage.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.postgres.HoldDay;
import io.tollgate.metering.postgres.Sql;
import io.tollgate.metering.usage.BookState;
import io.tollgate.metering.usage.BookState.EventKey;
import io.tollgate.metering.usage.BookState.ExpiryKey;
import io.tollgate.metering.usage.BookState.LotState;
import io.tollgate.metering.usage.BookState.Position;
import io.tollgate.metering.usage.EventPosition;
import io.tollgate.metering.usage.UsageEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** Loads what the book knows of a batch, and locks the balances that it will change. */
final class StateRows {

    private static final String POSITIONS = Sql.beside(StateRows.class, "positions");
    private static final String LOTS = Sql.beside(StateRows.class, "lots");
    private static final String LOTS_LEFT = Sql.beside(StateRows.class, "lots_left");
    private static final String BOOKED_BEFORE = Sql.beside(StateRows.class, "booked_before");
    private static final String EXPIRIES_BEFORE = Sql.beside(StateRows.class, "expiries_before");

    private final DatabaseClient database;
    private final Commands commands;
    private final GrantRows grants;

    StateRows(DatabaseClient database, Commands commands) {
        this.database = database;
        this.commands = commands;
        this.grants = new GrantRows(database);
    }

    Mono<BookState> load(BatchKeys keys, DuplicateCheck duplicates) {
        return positions(keys)
                .flatMap(positions -> issued(keys).flatMap(issued -> load(keys, duplicates, positions, issued)));
    }

    private Mono<BookState> load(
            BatchKeys keys, DuplicateCheck duplicates, Map<AccountId, Position> positions, List<IssuedCommand> issued) {
        return Mono.zip(
                        lots(keys.grants(issued)),
                        grants.commandStates(issued),
                        bookedBefore(keys.holds(duplicates)),
                        expiredBefore(keys.expiries(duplicates)))
                .map(all -> new BookState(positions, all.getT1(), all.getT2(), all.getT3(), all.getT4()));
    }

    /** With everything the accounts have left, and what of the batch is booked already. */
    Mono<BookState> loadWhole(BatchKeys keys) {
        return load(keys, DuplicateCheck.BEFORE)
                .flatMap(known -> lots(database.sql(LOTS_LEFT).bind("accounts", keys.accounts()))
                        .map(known::having));
    }

    private Mono<Map<AccountId, Position>> positions(BatchKeys keys) {
        return database.sql(POSITIONS)
                .bind("accounts", keys.accounts())
                .map(row -> Map.entry(account(row), position(row)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private Mono<List<IssuedCommand>> issued(BatchKeys keys) {
        return keys.commands().isEmpty()
                ? Mono.just(List.of())
                : commands.at(keys.commands()).collectList();
    }

    private Mono<Map<Long, LotState>> lots(Long[] numbers) {
        return numbers.length == 0
                ? Mono.just(Map.of())
                : lots(database.sql(LOTS).bind("grants", numbers));
    }

    private static Mono<Map<Long, LotState>> lots(GenericExecuteSpec query) {
        return query.map(row -> Map.entry(requireNonNull(row.get("grant_number", Long.class)), lot(row)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private Mono<Set<EventKey>> bookedBefore(UUID[] holds) {
        return holds.length == 0
                ? Mono.just(Set.of())
                : database.sql(BOOKED_BEFORE)
                        .bind("days", Arrays.stream(holds).map(HoldDay::of).toArray(Integer[]::new))
                        .bind("ids", holds)
                        .map(row -> new EventKey(
                                requireNonNull(row.get("id", UUID.class)),
                                UsageEvent.Kind.valueOf(requireNonNull(row.get("kind", String.class)))))
                        .all()
                        .collect(Collectors.toSet());
    }

    private Mono<Set<ExpiryKey>> expiredBefore(List<UsageEvent> expiries) {
        return expiries.isEmpty()
                ? Mono.just(Set.of())
                : database.sql(EXPIRIES_BEFORE)
                        .bind(
                                "accounts",
                                expiries.stream().map(e -> e.account().value()).toArray(String[]::new))
                        .bind(
                                "epochs",
                                expiries.stream().map(e -> e.position().epoch()).toArray(Long[]::new))
                        .bind(
                                "numbers",
                                expiries.stream()
                                        .map(e -> e.position().number())
                                        .toArray(Long[]::new))
                        .bind("ids", expiries.stream().map(UsageEvent::id).toArray(String[]::new))
                        .map(row -> new ExpiryKey(
                                requireNonNull(row.get("id", String.class)),
                                new EventPosition(
                                        requireNonNull(row.get("epoch", Long.class)),
                                        requireNonNull(row.get("number", Long.class)))))
                        .all()
                        .collect(Collectors.toSet());
    }

    private static AccountId account(Readable row) {
        return new AccountId(requireNonNull(row.get("account", String.class)));
    }

    private static Position position(Readable row) {
        return new Position(
                AccountState.valueOf(requireNonNull(row.get("state", String.class))),
                requireNonNull(row.get("posted_micros", Long.class)),
                requireNonNull(row.get("debt_micros", Long.class)),
                requireNonNull(row.get("applied", Long.class)),
                requireNonNull(row.get("applied_id", String.class)),
                requireNonNull(row.get("quarantined", Boolean.class)));
    }

    private static LotState lot(Readable row) {
        return new LotState(
                account(row),
                Credits.ofMicros(requireNonNull(row.get("amount_micros", Long.class))),
                Credits.ofMicros(requireNonNull(row.get("remaining_micros", Long.class))),
                requireNonNull(row.get("priority", Integer.class)),
                requireNonNull(row.get("expires_at_millis", Long.class)),
                GrantRows.paid(row));
    }
}
