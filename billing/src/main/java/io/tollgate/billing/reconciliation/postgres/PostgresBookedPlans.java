package io.tollgate.billing.reconciliation.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.billing.reconciliation.BookedPlans;
import io.tollgate.billing.reconciliation.SoldPlans.PaidInvoice;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.util.Collection;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

final class PostgresBookedPlans implements BookedPlans {

    private static final String SUBSCRIPTIONS = Sql.beside(PostgresBookedPlans.class, "booked_subscriptions");
    private static final String INVOICES = Sql.beside(PostgresBookedPlans.class, "booked_invoices");

    private final DatabaseClient database;

    PostgresBookedPlans(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Flux<BookedPlan> subscriptions(Collection<String> ids) {
        return ids.isEmpty()
                ? Flux.empty()
                : database.sql(SUBSCRIPTIONS)
                        .bind("ids", ids.toArray(String[]::new))
                        .map(PostgresBookedPlans::plan)
                        .all()
                        .transform(PostgresFailures::told);
    }

    @Override
    public Flux<BookedInvoice> invoices(List<PaidInvoice> invoices) {
        if (invoices.isEmpty()) {
            return Flux.empty();
        }
        String[] subscriptions =
                invoices.stream().map(PaidInvoice::subscription).toArray(String[]::new);
        return database.sql(INVOICES)
                .bind("ids", invoices.stream().map(PaidInvoice::id).toArray(String[]::new))
                .bind("subscriptions", subscriptions)
                .map(PostgresBookedPlans::invoice)
                .all()
                .transform(PostgresFailures::told);
    }

    private static BookedPlan plan(Readable row) {
        return new BookedPlan(
                requireNonNull(row.get("id", String.class)),
                requireNonNull(row.get("account", String.class)),
                requireNonNull(row.get("status", String.class)));
    }

    private static BookedInvoice invoice(Readable row) {
        return new BookedInvoice(
                requireNonNull(row.get("id", String.class)),
                row.get("account", String.class),
                row.get("paid_minor", Long.class),
                row.get("currency", String.class),
                requireNonNull(row.get("known", Boolean.class)) ? Settled.YES : Settled.NO);
    }
}
