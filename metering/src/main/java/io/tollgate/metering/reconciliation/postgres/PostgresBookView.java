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
import io.tollgate.metering.reconciliation.BookedSums;
import io.tollgate.metering.reconciliation.BookedSums.Usage;
import io.tollgate.metering.usage.EventPosition;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

final class PostgresBookView implements BookView {

    private static final String FIGURES = Sql.beside(PostgresBookView.class, "figures");

    private static final String SUMS = Sql.beside(PostgresBookView.class, "sums");

    /** What takes a fraction of a second to add up. */
    private static final int USAGE_EVENTS_MAX = 100_000;

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

    @Override
    public Mono<BookedSums> sums(AccountId account) {
        return database.sql(SUMS)
                .bind("account", account.value())
                .bind("most", USAGE_EVENTS_MAX)
                .map(row -> new BookedSums(
                        account,
                        number(row, "posted_micros"),
                        number(row, "ledger"),
                        number(row, "by_events"),
                        new Usage(number(row, "found_events"), number(row, "found_charged")),
                        new Usage(number(row, "late_events"), number(row, "late_charged"))))
                .one()
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
