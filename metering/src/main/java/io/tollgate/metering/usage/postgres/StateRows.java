package io.tollgate.metering.usage.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.postgres.Sql;
import io.tollgate.metering.usage.BookState;
import io.tollgate.metering.usage.BookState.CommandKey;
import io.tollgate.metering.usage.BookState.CommandState;
import io.tollgate.metering.usage.BookState.EventKey;
import io.tollgate.metering.usage.BookState.LotState;
import io.tollgate.metering.usage.BookState.Position;
import io.tollgate.metering.usage.UsageEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** Loads what the book knows of a batch, and locks the balances that it will change. */
final class StateRows {

    private static final String POSITIONS = Sql.beside(StateRows.class, "positions");
    private static final String LOTS = Sql.beside(StateRows.class, "lots");
    private static final String COMMANDS = Sql.beside(StateRows.class, "commands");
    private static final String BOOKED_BEFORE = Sql.beside(StateRows.class, "booked_before");

    private final DatabaseClient database;

    StateRows(DatabaseClient database) {
        this.database = database;
    }

    Mono<BookState> load(BatchKeys keys, DuplicateCheck duplicates) {
        return positions(keys)
                .flatMap(positions -> lots(keys)
                        .flatMap(lots -> commands(keys)
                                .flatMap(commands -> bookedBefore(keys, duplicates)
                                        .map(before -> new BookState(positions, lots, commands, before)))));
    }

    private Mono<Map<AccountId, Position>> positions(BatchKeys keys) {
        return database.sql(POSITIONS)
                .bind("accounts", keys.accounts())
                .map(row -> Map.entry(account(row), position(row)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private Mono<Map<Long, LotState>> lots(BatchKeys keys) {
        return keys.grants().length == 0
                ? Mono.just(Map.of())
                : database.sql(LOTS)
                        .bind("grants", keys.grants())
                        .map(row -> Map.entry(
                                requireNonNull(row.get("grant_number", Long.class)),
                                lot(row, requireNonNull(row.get("remaining_micros", Long.class)))))
                        .all()
                        .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private Mono<Map<CommandKey, CommandState>> commands(BatchKeys keys) {
        return keys.commandAccounts().length == 0
                ? Mono.just(Map.of())
                : database.sql(COMMANDS)
                        .bind("accounts", keys.commandAccounts())
                        .bind("numbers", keys.commandNumbers())
                        .map(row -> Map.entry(
                                new CommandKey(account(row), requireNonNull(row.get("number", Long.class))),
                                command(row)))
                        .all()
                        .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private Mono<Set<EventKey>> bookedBefore(BatchKeys keys, DuplicateCheck duplicates) {
        if (duplicates == DuplicateCheck.ON_INSERT || keys.holds().length == 0) {
            return Mono.just(Set.of());
        }
        GenericExecuteSpec query = database.sql(BOOKED_BEFORE)
                .bind("days", keys.holdDays())
                .bind("ids", keys.holds())
                .bind("kinds", keys.holdKinds());
        return query.map(row -> new EventKey(
                        requireNonNull(row.get("id", UUID.class)),
                        UsageEvent.Kind.valueOf(requireNonNull(row.get("kind", String.class)))))
                .all()
                .collectList()
                .map((List<EventKey> before) -> Set.copyOf(before));
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

    private static LotState lot(Readable row, long remainingMicros) {
        Long paid = row.get("paid_minor", Long.class);
        return new LotState(
                account(row),
                Credits.ofMicros(requireNonNull(row.get("amount_micros", Long.class))),
                Credits.ofMicros(remainingMicros),
                paid == null ? null : new Money(paid, requireNonNull(row.get("currency", String.class))));
    }

    private static CommandState command(Readable row) {
        Long grant = row.get("grant_number", Long.class);
        return new CommandState(
                requireNonNull(row.get("id", String.class)),
                grant == null ? 0 : grant,
                grant == null ? null : lot(row, requireNonNull(row.get("amount_micros", Long.class))),
                holdId(row));
    }

    private static @Nullable String holdId(Readable row) {
        return row.get("hold_id", String.class);
    }
}
