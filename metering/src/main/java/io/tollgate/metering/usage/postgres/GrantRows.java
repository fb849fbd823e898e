package io.tollgate.metering.usage.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.postgres.Sql;
import io.tollgate.metering.usage.BookState.CommandKey;
import io.tollgate.metering.usage.BookState.CommandState;
import io.tollgate.metering.usage.BookState.LotState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Puts commands together with the grants that they deliver. */
final class GrantRows {

    private static final String GRANTS = Sql.beside(GrantRows.class, "grants");

    private final DatabaseClient database;

    GrantRows(DatabaseClient database) {
        this.database = database;
    }

    /** A grant as it was given. */
    private record GrantRow(
            AccountId account, Credits amount, @Nullable Money paid) {}

    Mono<Map<CommandKey, CommandState>> commandStates(List<IssuedCommand> issued) {
        Map<IssuedCommand, Command.Grant> deliveries = new HashMap<>();
        for (IssuedCommand command : issued) {
            switch (command.command()) {
                case Command.Grant grant -> deliveries.put(command, grant);
                case Command.ReplaceAllowance replacement -> deliveries.put(command, replacement.allowance());
                case Command.Clawback _,
                        Command.EndAllowances _,
                        Command.LateCharge _,
                        Command.Freeze _,
                        Command.Thaw _,
                        Command.Close _ -> {}
            }
        }
        return rows(deliveries.values().stream().map(Command.Grant::grant).toArray(Long[]::new))
                .map(rows -> states(issued, deliveries, rows));
    }

    static @Nullable Money paid(Readable row) {
        Long paid = row.get("paid_minor", Long.class);
        return paid == null ? null : new Money(paid, requireNonNull(row.get("currency", String.class)));
    }

    private Mono<Map<Long, GrantRow>> rows(Long[] numbers) {
        return numbers.length == 0
                ? Mono.just(Map.of())
                : database.sql(GRANTS)
                        .bind("grants", numbers)
                        .map(row -> Map.entry(
                                requireNonNull(row.get("number", Long.class)),
                                new GrantRow(
                                        new AccountId(requireNonNull(row.get("account", String.class))),
                                        Credits.ofMicros(requireNonNull(row.get("amount_micros", Long.class))),
                                        paid(row))))
                        .all()
                        .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private static Map<CommandKey, CommandState> states(
            List<IssuedCommand> issued, Map<IssuedCommand, Command.Grant> deliveries, Map<Long, GrantRow> rows) {
        Map<CommandKey, CommandState> states = new HashMap<>();
        for (IssuedCommand command : issued) {
            Command.Grant delivered = deliveries.get(command);
            states.put(
                    new CommandKey(command.account(), command.number()),
                    new CommandState(
                            command.id(),
                            command.command(),
                            delivered == null ? null : lot(delivered, rows.get(delivered.grant()))));
        }
        return states;
    }

    private static @Nullable LotState lot(Command.Grant delivered, @Nullable GrantRow row) {
        return row == null
                ? null
                : new LotState(
                        row.account(),
                        row.amount(),
                        row.amount(),
                        delivered.priority(),
                        delivered.expiresAtMillis(),
                        row.paid());
    }
}
