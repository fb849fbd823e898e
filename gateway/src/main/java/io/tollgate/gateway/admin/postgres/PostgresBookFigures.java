package io.tollgate.gateway.admin.postgres;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import io.tollgate.gateway.admin.BookFigures;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.util.Collection;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

final class PostgresBookFigures implements BookFigures {

    private static final String FIGURES = Sql.beside(PostgresBookFigures.class, "figures");
    private static final String OF = FIGURES + Sql.beside(PostgresBookFigures.class, "figures_of");
    private static final String PAGE = FIGURES + Sql.beside(PostgresBookFigures.class, "figures_page");
    private static final String CHARGES = Sql.beside(PostgresBookFigures.class, "charges");

    private final DatabaseClient database;

    PostgresBookFigures(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Flux<Figures> of(Collection<AccountId> accounts) {
        return database.sql(OF)
                .bind("accounts", accounts.stream().map(AccountId::value).toArray(String[]::new))
                .map(PostgresBookFigures::figures)
                .all()
                .transform(PostgresFailures::told);
    }

    @Override
    public Flux<Figures> page(String after, int limit) {
        return database.sql(PAGE)
                .bind("after", after)
                .bind("limit", limit)
                .map(PostgresBookFigures::figures)
                .all()
                .transform(PostgresFailures::told);
    }

    @Override
    public Flux<Charge> charges(AccountId account, @Nullable UUID after, int limit) {
        return database.sql(CHARGES)
                .bind("account", account.value())
                .bind("after", after == null ? Parameters.in(UUID.class) : Parameters.in(after))
                .bind("limit", limit)
                .map(PostgresBookFigures::charge)
                .all()
                .transform(PostgresFailures::told);
    }

    private static Figures figures(Readable row) {
        return new Figures(
                new AccountId(text(row, "account")),
                number(row, "granted"),
                number(row, "spent"),
                number(row, "expired"),
                number(row, "clawed_back"),
                number(row, "uncollected"),
                number(row, "posted"),
                number(row, "debt"),
                number(row, "lots"),
                number(row, "issued"),
                number(row, "applied"),
                number(row, "usage_events"));
    }

    private static Charge charge(Readable row) {
        return new Charge(
                Objects.requireNonNull(row.get("id", UUID.class)),
                new AccountId(text(row, "account")),
                text(row, "kind"),
                row.get("outcome", String.class),
                row.get("model", String.class),
                number(row, "charged"),
                number(row, "uncollected"),
                number(row, "input_tokens"),
                number(row, "output_tokens"));
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class), column);
    }

    private static long number(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Long.class), column);
    }
}
