package io.tollgate.billing.reconciliation.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.billing.reconciliation.BookedSales;
import io.tollgate.billing.reconciliation.Sales.Sale;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.util.List;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

final class PostgresBookedSales implements BookedSales {

    private final DatabaseClient database;
    private final String of;

    private PostgresBookedSales(DatabaseClient database, String query) {
        this.database = database;
        this.of = Sql.beside(PostgresBookedSales.class, query);
    }

    static BookedSales bySession(DatabaseClient database) {
        return new PostgresBookedSales(database, "sold_by_session");
    }

    static BookedSales byIntent(DatabaseClient database) {
        return new PostgresBookedSales(database, "sold_by_intent");
    }

    @Override
    public Flux<BookedSale> of(List<Sale> sales) {
        if (sales.isEmpty()) {
            return Flux.empty();
        }
        String[] references = sales.stream()
                .map(sale -> Objects.requireNonNullElse(sale.reference(), ""))
                .toArray(String[]::new);
        return database.sql(of)
                .bind("ids", sales.stream().map(Sale::id).toArray(String[]::new))
                .bind("references", references)
                .map(PostgresBookedSales::sale)
                .all()
                .transform(PostgresFailures::told);
    }

    private static BookedSale sale(Readable row) {
        return new BookedSale(
                requireNonNull(row.get("id", String.class)),
                row.get("order_id", String.class),
                row.get("account", String.class),
                row.get("state", String.class),
                row.get("paid_minor", Long.class),
                row.get("currency", String.class));
    }
}
