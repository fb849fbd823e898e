package io.tollgate.billing.reconciliation.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.billing.reconciliation.BookedGrants;
import io.tollgate.billing.reconciliation.Listed;
import io.tollgate.billing.reconciliation.Period;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

final class PostgresBookedGrants implements BookedGrants {

    private static final String PAGE = Sql.beside(PostgresBookedGrants.class, "paid_grants");

    private final DatabaseClient database;
    private final int page;

    PostgresBookedGrants(DatabaseClient database, int page) {
        this.database = database;
        this.page = page;
    }

    @Override
    public Mono<Listed<PaidGrant>> page(Period period, @Nullable String after) {
        return database.sql(PAGE)
                .bind("from", period.from())
                .bind("until", period.until())
                .bind("after", after == null ? 0L : Long.parseLong(after))
                .bind("limit", page)
                .map(PostgresBookedGrants::grant)
                .all()
                .collectList()
                .map(this::listed)
                .transform(PostgresFailures::told);
    }

    private Listed<PaidGrant> listed(List<PaidGrant> grants) {
        return new Listed<>(
                grants,
                grants.size() < page ? null : Long.toString(grants.getLast().number()));
    }

    private static PaidGrant grant(Readable row) {
        return new PaidGrant(
                requireNonNull(row.get("number", Long.class)),
                requireNonNull(row.get("account", String.class)),
                requireNonNull(row.get("cause_id", String.class)),
                row.get("payment", String.class),
                row.get("payment_intent", String.class),
                row.get("session", String.class),
                row.get("invoice", String.class),
                row.get("paid_minor", Long.class),
                row.get("currency", String.class));
    }
}
