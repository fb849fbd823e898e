package io.tollgate.metering.account.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.account.BookedAccounts;
import io.tollgate.metering.account.BookedUpTo;
import io.tollgate.metering.account.Lot;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

final class PostgresBookedAccounts implements BookedAccounts {

    private static final String CREATE = Sql.beside(PostgresBookedAccounts.class, "create");
    private static final String FIND = Sql.beside(PostgresBookedAccounts.class, "find");
    private static final String SNAPSHOT = Sql.beside(PostgresBookedAccounts.class, "snapshot");

    private final DatabaseClient database;
    private final Partitions partitions;

    PostgresBookedAccounts(DatabaseClient database, Partitions partitions) {
        this.database = database;
        this.partitions = partitions;
    }

    @Override
    public Mono<CreateResult> create(AccountId id, String name) {
        return database.sql(CREATE)
                .bind("account", id.value())
                .bind("name", name)
                .fetch()
                .rowsUpdated()
                .map(created -> created == 1 ? CreateResult.CREATED : CreateResult.ALREADY_THERE)
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Account> find(AccountId id) {
        return database.sql(FIND)
                .bind("account", id.value())
                .map(PostgresBookedAccounts::account)
                .one()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<AccountSnapshot> snapshot(AccountId id) {
        return database.sql(SNAPSHOT)
                .bind("account", id.value())
                .bind("partition", partitions.of(id).number())
                .map(SnapshotRow::of)
                .all()
                .collectList()
                .filter(rows -> !rows.isEmpty())
                .map(rows -> snapshot(id, rows))
                .transform(PostgresFailures::told);
    }

    private static Account account(Readable row) {
        return new Account(
                new AccountId(requireNonNull(row.get("id", String.class))),
                requireNonNull(row.get("name", String.class)),
                AccountState.valueOf(requireNonNull(row.get("state", String.class))),
                requireNonNull(row.get("created_at", Instant.class)));
    }

    private static AccountSnapshot snapshot(AccountId id, List<SnapshotRow> rows) {
        List<Lot> lots = new ArrayList<>(rows.size());
        for (SnapshotRow row : rows) {
            if (row.lot() != null) {
                lots.add(row.lot());
            }
        }
        SnapshotRow first = rows.getFirst();
        return new AccountSnapshot(id, first.state(), lots, first.debtMicros(), 0, first.applied(), first.appliedId())
                .at(first.booked());
    }

    private record SnapshotRow(
            AccountState state,
            long debtMicros,
            long applied,
            String appliedId,
            BookedUpTo booked,
            @Nullable Lot lot) {

        static SnapshotRow of(Readable row) {
            return new SnapshotRow(
                    AccountState.valueOf(requireNonNull(row.get("state", String.class))),
                    requireNonNull(row.get("debt_micros", Long.class)),
                    requireNonNull(row.get("applied", Long.class)),
                    requireNonNull(row.get("applied_id", String.class)),
                    new BookedUpTo(
                            requireNonNull(row.get("booked_epoch", Long.class)),
                            requireNonNull(row.get("booked_number", Long.class))),
                    lot(row, row.get("grant_number", Long.class)));
        }

        private static @Nullable Lot lot(Readable row, @Nullable Long grant) {
            return grant == null
                    ? null
                    : new Lot(
                            grant,
                            Credits.ofMicros(requireNonNull(row.get("remaining_micros", Long.class))),
                            requireNonNull(row.get("priority", Integer.class)),
                            requireNonNull(row.get("expires_at_millis", Long.class)));
        }
    }
}
