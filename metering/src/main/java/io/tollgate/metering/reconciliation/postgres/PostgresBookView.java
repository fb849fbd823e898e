package io.tollgate.metering.reconciliation.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import io.tollgate.metering.reconciliation.BookView;
import io.tollgate.metering.reconciliation.BookedFigures;
import io.tollgate.metering.usage.EventPosition;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

final class PostgresBookView implements BookView {

    private static final String FIGURES = Sql.beside(PostgresBookView.class, "figures");

    private final DatabaseClient database;
    private final Partitions partitions;

    PostgresBookView(DatabaseClient database, Partitions partitions) {
        this.database = database;
        this.partitions = partitions;
    }

    @Override
    public Flux<BookedFigures> of(Collection<AccountId> accounts) {
        return database.sql(FIGURES)
                .bind("accounts", accounts.stream().map(AccountId::value).toArray(String[]::new))
                .bind(
                        "partitions",
                        accounts.stream()
                                .map(account -> partitions.of(account).number())
                                .toArray(Integer[]::new))
                .map(PostgresBookView::figures)
                .all()
                .transform(PostgresFailures::told);
    }

    private static BookedFigures figures(Readable row) {
        return new BookedFigures(
                new AccountId(requireNonNull(row.get("account", String.class))),
                AccountState.valueOf(requireNonNull(row.get("state", String.class))),
                requireNonNull(row.get("quarantined", Boolean.class))
                        ? BookedFigures.Standing.QUARANTINED
                        : BookedFigures.Standing.BOOKED,
                number(row, "posted_micros"),
                number(row, "debt_micros"),
                lots(
                        requireNonNull(row.get("grants", Long[].class)),
                        requireNonNull(row.get("remaining", Long[].class))),
                number(row, "applied"),
                requireNonNull(row.get("applied_id", String.class)),
                new EventPosition(number(row, "booked_epoch"), number(row, "booked_number")));
    }

    private static SortedMap<Long, Long> lots(Long[] grants, Long[] remaining) {
        SortedMap<Long, Long> lots = new TreeMap<>();
        for (int i = 0; i < grants.length; i++) {
            lots.put(grants[i], remaining[i]);
        }
        return lots;
    }

    private static long number(Readable row, String column) {
        return requireNonNull(row.get(column, Long.class), column);
    }
}
