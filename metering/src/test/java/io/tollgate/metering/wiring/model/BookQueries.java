package io.tollgate.metering.wiring.model;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.postgres.BookOfRecord;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.usage.UsageEvent.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;

/** Looks into the book without the product in between. */
final class BookQueries {

    /** A hold's end as it is booked. */
    record Booked(long charged, long uncollected) {}

    /** Where an account stands. */
    record Position(AccountState state, long posted, long debt, long applied) {}

    private final BookOfRecord book;

    BookQueries(BookOfRecord book) {
        this.book = book;
    }

    Map<Told.Key, Booked> ends(Collection<HoldId> holds) {
        return book.client()
                .sql("SELECT id, kind, charged_micros, uncollected_micros FROM usage_event WHERE id = ANY(:ids)")
                .bind("ids", holds.stream().map(HoldId::value).toArray(UUID[]::new))
                .map(row -> Map.entry(
                        new Told.Key(
                                new HoldId(value(row, "id", UUID.class)),
                                Kind.valueOf(value(row, "kind", String.class))),
                        new Booked(
                                value(row, "charged_micros", Long.class),
                                value(row, "uncollected_micros", Long.class))))
                .all()
                .collect(HashMap<Told.Key, Booked>::new, (map, end) -> map.put(end.getKey(), end.getValue()))
                .map(map -> (Map<Told.Key, Booked>) map)
                .retry(3) // past connections that were cut
                .blockOptional()
                .orElseThrow();
    }

    /** Hold and kind of all booked ends of an account. */
    Set<String> endsOf(AccountId account) {
        return counts("SELECT id || ' ' || kind AS name, CAST(1 AS bigint) AS amount FROM usage_event WHERE account = '"
                        + account + "'")
                .keySet();
    }

    /** How many ends of holds are booked, by account. */
    Map<String, Long> endsByAccount() {
        return counts("SELECT account AS name, count(*) AS amount FROM usage_event GROUP BY account");
    }

    /** What every ledger account of a customer has, which the balance repeats; nothing for zero. */
    Map<String, Long> ledgerByAccount() {
        return counts(
                "SELECT substr(ledger_account, 10) AS name, CAST(sum(amount) AS bigint) AS amount FROM ledger_entry"
                        + " WHERE ledger_account LIKE 'customer:%' AND unit = 'credits' GROUP BY 1");
    }

    Map<String, Long> counts(String sql) {
        return book.client()
                .sql(sql)
                .map(row -> Map.entry(value(row, "name", String.class), value(row, "amount", Long.class)))
                .all()
                .collect(HashMap<String, Long>::new, (map, one) -> map.put(one.getKey(), one.getValue()))
                .map(map -> (Map<String, Long>) map)
                .retry(3) // past connections that were cut
                .blockOptional()
                .orElseThrow();
    }

    Map<String, Position> positions() {
        return book.client()
                .sql("SELECT account, state, posted_micros, debt_micros, applied FROM account_balance")
                .map(row -> Map.entry(
                        value(row, "account", String.class),
                        new Position(
                                AccountState.valueOf(value(row, "state", String.class)),
                                value(row, "posted_micros", Long.class),
                                value(row, "debt_micros", Long.class),
                                value(row, "applied", Long.class))))
                .all()
                .collect(HashMap<String, Position>::new, (map, one) -> map.put(one.getKey(), one.getValue()))
                .map(map -> (Map<String, Position>) map)
                .retry(3) // past connections that were cut
                .blockOptional()
                .orElseThrow();
    }

    /** Late charges that were issued after that many commands of the account, by their number. */
    NavigableMap<Long, HoldId> lateCharges(AccountId account, int after) {
        return book.client()
                .sql(
                        "SELECT number, id FROM account_command WHERE account = :account AND number > :after AND kind = 'LATE_CHARGE'")
                .bind("account", account.value())
                .bind("after", after)
                .map(row -> Map.entry(value(row, "number", Long.class), HoldId.parse(value(row, "id", String.class))))
                .all()
                .collect(TreeMap<Long, HoldId>::new, (map, one) -> map.put(one.getKey(), one.getValue()))
                .retry(3) // past connections that were cut
                .blockOptional()
                .orElseThrow();
    }

    /** The last events of an account, and what operators were told. */
    List<String> lastOf(AccountId account) {
        String sql = """
                SELECT line FROM (
                  SELECT epoch, number, concat_ws(' ', epoch, number, kind, id, 'charged', charged_micros, 'lots', lots,
                         'debt', debt_change_micros, 'after', posted_after_micros) AS line
                    FROM usage_event WHERE account = :account
                  UNION ALL
                  SELECT epoch, number, concat_ws(' ', epoch, number, kind, id, 'amount', amount_micros, 'lots', lots, 'expired', expired,
                         'debt', debt_change_micros, 'after', posted_after_micros)
                    FROM account_event WHERE account = :account) events
                ORDER BY epoch DESC, number DESC LIMIT 25
                """;
        List<String> lines = new ArrayList<>();
        lines.addAll(strings(book.client().sql(sql).bind("account", account.value())));
        lines.addAll(strings(
                book.client().sql("SELECT concat_ws(' ', kind, subject, detail) AS line FROM incident LIMIT 30")));
        return lines.stream().map(line -> "\n    " + line).toList();
    }

    private static List<String> strings(DatabaseClient.GenericExecuteSpec sql) {
        return sql.map(row -> value(row, "line", String.class))
                .all()
                .collectList()
                .retry(3) // past connections that were cut
                .blockOptional()
                .orElseThrow();
    }

    long number(String sql) {
        return book.number(sql);
    }

    private static <T> T value(Readable row, String column, Class<T> type) {
        return requireNonNull(row.get(column, type));
    }
}
