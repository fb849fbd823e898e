package io.tollgate.billing.reconciliation.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.billing.reconciliation.BookedReturns;
import io.tollgate.billing.reconciliation.ReturnedMoney.Returned;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.util.List;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

final class PostgresBookedReturns implements BookedReturns {

    private static final String REFUNDS = Sql.beside(PostgresBookedReturns.class, "booked_refunds");
    private static final String DISPUTES = Sql.beside(PostgresBookedReturns.class, "booked_disputes");

    private final DatabaseClient database;

    PostgresBookedReturns(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Flux<BookedReturn> refunds(List<Returned> refunds) {
        return of(REFUNDS, refunds);
    }

    @Override
    public Flux<BookedReturn> disputes(List<Returned> disputes) {
        return of(DISPUTES, disputes);
    }

    private Flux<BookedReturn> of(String sql, List<Returned> returned) {
        if (returned.isEmpty()) {
            return Flux.empty();
        }
        String[] intents = returned.stream()
                .map(it -> Objects.requireNonNullElse(it.intent(), ""))
                .toArray(String[]::new);
        return database.sql(sql)
                .bind("ids", returned.stream().map(Returned::id).toArray(String[]::new))
                .bind("intents", intents)
                .map(PostgresBookedReturns::read)
                .all()
                .transform(PostgresFailures::told);
    }

    private static BookedReturn read(Readable row) {
        return new BookedReturn(
                requireNonNull(row.get("id", String.class)),
                requireNonNull(row.get("payment", String.class)),
                requireNonNull(row.get("account", String.class)),
                row.get("phase", String.class),
                row.get("amount_minor", Long.class),
                requireNonNull(row.get("refunded_minor", Long.class)));
    }
}
