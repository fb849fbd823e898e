package io.tollgate.metering.ledger.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.StatementPlace;
import io.tollgate.metering.ledger.Statements;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

final class PostgresStatements implements Statements {

    private static final String STATEMENT = Sql.beside(PostgresStatements.class, "statement");
    private static final StatementPlace NEWEST = new StatementPlace(Long.MAX_VALUE, Long.MAX_VALUE, 0, "");

    private final DatabaseClient database;

    PostgresStatements(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Flux<Line> of(AccountId account, @Nullable StatementPlace before, int limit) {
        StatementPlace from = before == null ? NEWEST : before;
        return database.sql(STATEMENT)
                .bind("account", account.value())
                .bind("epoch", from.epoch())
                .bind("number", from.number())
                .bind("part", from.part())
                .bind("id", from.id())
                .bind("limit", limit)
                .map(PostgresStatements::line)
                .all()
                .transform(PostgresFailures::told);
    }

    private static Line line(Readable row) {
        StatementPlace place = new StatementPlace(
                number(row, "epoch"),
                number(row, "number"),
                requireNonNull(row.get("part", Integer.class)),
                text(row, "id"));
        Kind kind = kind(text(row, "kind"));
        return new Line(
                place,
                requireNonNull(row.get("at", Instant.class)),
                kind,
                row.get("origin", String.class),
                cause(place, kind, row.get("cause_id", String.class)),
                number(row, "amount"),
                number(row, "uncollected"),
                lots(text(row, "lots")),
                lots(text(row, "expired")),
                number(row, "balance"),
                kind == Kind.USAGE ? call(row) : null);
    }

    private static Call call(Readable row) {
        return new Call(
                row.get("route", String.class),
                row.get("model", String.class),
                number(row, "input_tokens"),
                number(row, "output_tokens"),
                Credits.ofMicros(number(row, "waived")));
    }

    private static Kind kind(String event) {
        return switch (event) {
            case "SETTLED", "CHARGED" -> Kind.USAGE;
            case "GRANTED" -> Kind.GRANT;
            case "ALLOWANCE_REPLACED" -> Kind.ALLOWANCE;
            case "ALLOWANCES_ENDED" -> Kind.ALLOWANCE_END;
            case "LOTS_EXPIRED" -> Kind.EXPIRY;
            case "CLAWED_BACK" -> Kind.CLAWBACK;
            case "FROZEN" -> Kind.FREEZE;
            case "THAWED" -> Kind.THAW;
            case "CLOSED" -> Kind.CLOSE;
            default -> throw new IllegalStateException("an event of a kind this version does not know: " + event);
        };
    }

    /** An expiry of its own has an id that tells nobody anything: it holds a colon, as no hold's does. */
    private static String cause(StatementPlace place, Kind kind, @Nullable String causeId) {
        if (causeId != null) {
            return causeId;
        }
        return kind == Kind.EXPIRY && place.id().indexOf(':') >= 0 ? "" : place.id();
    }

    private static List<LotPart> lots(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",")).map(PostgresStatements::lot).toList();
    }

    private static LotPart lot(String text) {
        int colon = text.indexOf(':');
        return new LotPart(
                Long.parseLong(text, 0, colon, 10),
                Credits.ofMicros(Long.parseLong(text, colon + 1, text.length(), 10)));
    }

    private static String text(Readable row, String column) {
        return requireNonNull(row.get(column, String.class));
    }

    private static long number(Readable row, String column) {
        return requireNonNull(row.get(column, Long.class));
    }
}
