package io.tollgate.metering.usage.postgres;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Ledger;
import io.tollgate.metering.postgres.Sql;
import io.tollgate.metering.usage.BatchOutcome;
import io.tollgate.metering.usage.BookState.CommandKey;
import io.tollgate.metering.usage.BookState.LotState;
import io.tollgate.metering.usage.BookState.Position;
import java.util.List;
import java.util.Map;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Writes what a batch changes, one statement for each table. */
final class OutcomeRows {

    private static final String UPDATE_POSITIONS = Sql.beside(OutcomeRows.class, "update_positions");
    private static final String INSERT_LOTS = Sql.beside(OutcomeRows.class, "insert_lots");
    private static final String CHANGE_LOTS = Sql.beside(OutcomeRows.class, "change_lots");
    private static final String BOOK_COMMANDS = Sql.beside(OutcomeRows.class, "book_commands");

    private final DatabaseClient database;
    private final UsageRows usage;
    private final AccountEventRows accountEvents;
    private final Ledger ledger;
    private final QuarantineRows quarantine;
    private final DriftRows drifts;

    OutcomeRows(DatabaseClient database, Ledger ledger, QuarantineRows quarantine, DriftRows drifts) {
        this.database = database;
        this.usage = new UsageRows(database);
        this.accountEvents = new AccountEventRows(database);
        this.ledger = ledger;
        this.quarantine = quarantine;
        this.drifts = drifts;
    }

    Mono<Void> write(BatchOutcome outcome) {
        return usage.insert(outcome.ends())
                .then(accountEvents.insert(outcome.accountEvents()))
                .then(putLots(INSERT_LOTS, outcome.filledLots()))
                .then(putLots(CHANGE_LOTS, outcome.changedLots()))
                .then(updatePositions(outcome.accounts()))
                .then(ledger.book(outcome.ledger()))
                .then(bookCommands(outcome.commands()))
                .then(quarantine.put(outcome.quarantined()))
                .then(drifts.raise(outcome.drifts()));
    }

    private Mono<Void> putLots(String sql, Map<Long, LotState> lots) {
        return lots.isEmpty()
                ? Mono.empty()
                : database.sql(sql)
                        .bind("grants", lots.keySet().toArray(Long[]::new))
                        .bind(
                                "remaining",
                                lots.values().stream()
                                        .map(LotState::remaining)
                                        .map(Credits::micros)
                                        .toArray(Long[]::new))
                        .bind(
                                "expires",
                                lots.values().stream()
                                        .map(LotState::expiresAtMillis)
                                        .toArray(Long[]::new))
                        .then();
    }

    private Mono<Void> updatePositions(Map<AccountId, Position> accounts) {
        if (accounts.isEmpty()) {
            return Mono.empty();
        }
        List<Position> now = List.copyOf(accounts.values());
        return database.sql(UPDATE_POSITIONS)
                .bind(
                        "accounts",
                        accounts.keySet().stream().map(AccountId::value).toArray(String[]::new))
                .bind("states", now.stream().map(p -> p.state().name()).toArray(String[]::new))
                .bind("posted", now.stream().map(Position::postedMicros).toArray(Long[]::new))
                .bind("debts", now.stream().map(Position::debtMicros).toArray(Long[]::new))
                .bind("applied", now.stream().map(Position::applied).toArray(Long[]::new))
                .bind("appliedIds", now.stream().map(Position::appliedId).toArray(String[]::new))
                .bind("quarantined", now.stream().map(Position::quarantined).toArray(Boolean[]::new))
                .then();
    }

    private Mono<Void> bookCommands(List<CommandKey> commands) {
        return commands.isEmpty()
                ? Mono.empty()
                : database.sql(BOOK_COMMANDS)
                        .bind(
                                "accounts",
                                commands.stream().map(c -> c.account().value()).toArray(String[]::new))
                        .bind(
                                "numbers",
                                commands.stream().map(CommandKey::number).toArray(Long[]::new))
                        .then();
    }
}
