package io.tollgate.metering.grant.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Grant;
import io.tollgate.metering.grant.GrantHistory;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

final class PostgresGrantHistory implements GrantHistory {

    private static final String HISTORY = Sql.beside(PostgresGrantHistory.class, "lots");
    private static final String NEWEST_FIRST = HISTORY + Sql.beside(PostgresGrantHistory.class, "lots_newest_first");
    private static final String STANDING = HISTORY + Sql.beside(PostgresGrantHistory.class, "lots_standing");

    private final DatabaseClient database;

    PostgresGrantHistory(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Flux<GrantedLot> lots(AccountId account, int limit) {
        return read(NEWEST_FIRST, account, limit);
    }

    @Override
    public Flux<GrantedLot> standing(AccountId account, int limit) {
        return read(STANDING, account, limit);
    }

    private Flux<GrantedLot> read(String sql, AccountId account, int limit) {
        return database.sql(sql)
                .bind("account", account.value())
                .bind("limit", limit)
                .map(PostgresGrantHistory::lot)
                .all()
                .transform(PostgresFailures::told);
    }

    private static GrantedLot lot(Readable row) {
        Long remaining = row.get("remaining_micros", Long.class);
        return new GrantedLot(
                requireNonNull(row.get("number", Long.class)),
                new AccountId(requireNonNull(row.get("account", String.class))),
                Credits.ofMicros(requireNonNull(row.get("amount_micros", Long.class))),
                Grant.Cause.valueOf(requireNonNull(row.get("cause", String.class))),
                requireNonNull(row.get("cause_id", String.class)),
                paid(row, row.get("paid_minor", Long.class)),
                row.get("expires_at", Instant.class),
                requireNonNull(row.get("given_at", Instant.class)),
                remaining == null ? null : Credits.ofMicros(remaining));
    }

    private static @Nullable Money paid(Readable row, @Nullable Long minor) {
        return minor == null ? null : new Money(minor, requireNonNull(row.get("currency", String.class)));
    }
}
