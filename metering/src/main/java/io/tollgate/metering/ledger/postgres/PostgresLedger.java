package io.tollgate.metering.ledger.postgres;

import io.tollgate.metering.ledger.Ledger;
import io.tollgate.metering.ledger.LedgerEntry;
import io.tollgate.metering.ledger.LedgerTransaction;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Three statements, however many ledger transactions. */
final class PostgresLedger implements Ledger {

    private static final String INSERT_ACCOUNTS = Sql.beside(PostgresLedger.class, "insert_accounts");
    private static final String INSERT_TRANSACTIONS = Sql.beside(PostgresLedger.class, "insert_transactions");
    private static final String INSERT_ENTRIES = Sql.beside(PostgresLedger.class, "insert_entries");

    private final DatabaseClient database;
    private final TransactionalOperator sqlTransaction;

    PostgresLedger(DatabaseClient database, TransactionalOperator sqlTransaction) {
        this.database = database;
        this.sqlTransaction = sqlTransaction;
    }

    @Override
    public Mono<Void> book(List<LedgerTransaction> transactions) {
        return transactions.isEmpty()
                ? Mono.empty()
                : Mono.defer(() -> insert(transactions))
                        .as(sqlTransaction::transactional)
                        .transform(PostgresFailures::told);
    }

    private Mono<Void> insert(List<LedgerTransaction> transactions) {
        List<UUID> ids = TimeOrderedIds.next(transactions.size());
        return insertSystemAccounts(transactions)
                .then(insertTransactions(ids, transactions))
                .then(insertEntries(ids, transactions));
    }

    // Customers' come with their accounts. Sorted, so that two gateways in need of the same new ones do not deadlock.
    private Mono<Void> insertSystemAccounts(List<LedgerTransaction> transactions) {
        Set<String> names = new TreeSet<>();
        for (LedgerTransaction transaction : transactions) {
            for (LedgerEntry entry : transaction.entries()) {
                if (entry.account().owner() == null) {
                    names.add(entry.account().name());
                }
            }
        }
        return database.sql(INSERT_ACCOUNTS)
                .bind("names", names.toArray(String[]::new))
                .then();
    }

    private Mono<Void> insertTransactions(List<UUID> ids, List<LedgerTransaction> transactions) {
        return database.sql(INSERT_TRANSACTIONS)
                .bind("ids", ids.toArray(UUID[]::new))
                .bind("kinds", transactions.stream().map(t -> t.kind().name()).toArray(String[]::new))
                .bind(
                        "causes",
                        transactions.stream().map(LedgerTransaction::cause).toArray(String[]::new))
                .bind(
                        "accounts",
                        transactions.stream().map(t -> t.account().value()).toArray(String[]::new))
                .then();
    }

    private Mono<Void> insertEntries(List<UUID> ids, List<LedgerTransaction> transactions) {
        List<UUID> owners = new ArrayList<>();
        List<LedgerEntry> entries = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            for (LedgerEntry entry : transactions.get(i).entries()) {
                owners.add(ids.get(i));
                entries.add(entry);
            }
        }
        return database.sql(INSERT_ENTRIES)
                .bind("transactions", owners.toArray(UUID[]::new))
                .bind("accounts", entries.stream().map(e -> e.account().name()).toArray(String[]::new))
                .bind("units", entries.stream().map(LedgerEntry::unit).toArray(String[]::new))
                .bind("amounts", entries.stream().map(LedgerEntry::amount).toArray(Long[]::new))
                .then();
    }
}
