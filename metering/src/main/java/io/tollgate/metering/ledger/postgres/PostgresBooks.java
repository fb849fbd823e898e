package io.tollgate.metering.ledger.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.ledger.Books;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.util.Map;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

final class PostgresBooks implements Books {

    private static final String TOTALS = Sql.beside(PostgresBooks.class, "totals");
    private static final String ACCOUNT = Sql.beside(PostgresBooks.class, "account_books");

    private final DatabaseClient database;

    PostgresBooks(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Map<String, Long>> totals() {
        return database.sql(TOTALS)
                .map(row -> Map.entry(requireNonNull(row.get("unit", String.class)), number(row, "total")))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<AccountBooks> of(AccountId account) {
        return database.sql(ACCOUNT)
                .bind("account", account.value())
                .map(row -> new AccountBooks(
                        account,
                        number(row, "posted_micros"),
                        number(row, "debt_micros"),
                        number(row, "granted"),
                        number(row, "charged"),
                        number(row, "uncollected"),
                        number(row, "expired"),
                        number(row, "clawed_back"),
                        number(row, "ledger"),
                        number(row, "settled"),
                        number(row, "given_back")))
                .one()
                .transform(PostgresFailures::told);
    }

    private static long number(Readable row, String column) {
        return requireNonNull(row.get(column, Long.class));
    }
}
