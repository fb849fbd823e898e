package io.tollgate.metering.usage.postgres;

import io.tollgate.metering.postgres.Sql;
import io.tollgate.metering.pricing.TokenUsage;
import io.tollgate.metering.usage.BatchOutcome.HoldEnd;
import io.tollgate.metering.usage.LotShare;
import io.tollgate.metering.usage.UsageDetail;
import io.tollgate.metering.usage.UsageEvent;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Inserts usage events, all of a batch with one statement: an array for each column. */
final class UsageRows {

    private static final String INSERT = Sql.beside(UsageRows.class, "insert_usage_events");

    private final DatabaseClient database;

    UsageRows(DatabaseClient database) {
        this.database = database;
    }

    /** Fails with {@link DuplicateEventsException} if any of them was there before. */
    Mono<Void> insert(List<HoldEnd> ends) {
        return ends.isEmpty()
                ? Mono.empty()
                : statement(ends)
                        .fetch()
                        .rowsUpdated()
                        .flatMap(inserted ->
                                inserted == ends.size() ? Mono.empty() : Mono.error(new DuplicateEventsException()));
    }

    private DatabaseClient.GenericExecuteSpec statement(List<HoldEnd> ends) {
        return database.sql(INSERT)
                .bind("days", ends.stream().map(end -> HoldDay.of(end.hold())).toArray(Integer[]::new))
                .bind("ids", ends.stream().map(HoldEnd::hold).toArray(UUID[]::new))
                .bind("kinds", texts(ends, event -> event.kind().name()))
                .bind("accounts", texts(ends, event -> event.account().value()))
                .bind("at", numbers(ends, UsageEvent::atMillis))
                .bind("held", numbers(ends, event -> event.held().micros()))
                .bind("charged", numbers(ends, event -> event.charged().micros()))
                .bind("uncollected", numbers(ends, event -> event.uncollected().micros()))
                .bind("debtChanges", numbers(ends, UsageEvent::debtChangeMicros))
                .bind("postedAfter", numbers(ends, UsageEvent::postedAfterMicros))
                .bind("lots", texts(ends, event -> lots(event.lots())))
                .bind(
                        "partitions",
                        ends.stream().map(end -> end.partition().number()).toArray(Integer[]::new))
                .bind("epochs", numbers(ends, event -> event.position().epoch()))
                .bind("numbers", numbers(ends, event -> event.position().number()))
                .bind("apiKeys", details(ends, UsageDetail::apiKey))
                .bind("routes", details(ends, UsageDetail::route))
                .bind("models", details(ends, UsageDetail::model))
                .bind("outcomes", details(ends, detail -> detail.outcome().name()))
                .bind("countedBy", details(ends, detail -> detail.basis().name()))
                .bind("input", tokens(ends, TokenUsage::input))
                .bind("cacheRead", tokens(ends, TokenUsage::cacheRead))
                .bind("cacheWrite", tokens(ends, TokenUsage::cacheWrite))
                .bind("output", tokens(ends, TokenUsage::output))
                .bind("reasoning", tokens(ends, TokenUsage::reasoning));
    }

    private static String lots(List<LotShare> shares) {
        if (shares.size() == 1) {
            return share(shares.getFirst());
        }
        return String.join(",", shares.stream().map(UsageRows::share).toList());
    }

    private static String share(LotShare share) {
        return share.grant() + ":" + share.amount().micros();
    }

    private static String[] texts(List<HoldEnd> ends, Function<UsageEvent, String> column) {
        String[] values = new String[ends.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(ends.get(i).event());
        }
        return values;
    }

    private static Long[] numbers(List<HoldEnd> ends, ToLongFunction<UsageEvent> column) {
        Long[] values = new Long[ends.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.applyAsLong(ends.get(i).event());
        }
        return values;
    }

    /** Empty texts, which the statement turns to null, where nothing is known of the call. */
    private static String[] details(List<HoldEnd> ends, Function<UsageDetail, String> column) {
        return texts(ends, event -> event.detail() == null ? "" : column.apply(event.detail()));
    }

    private static Long[] tokens(List<HoldEnd> ends, ToLongFunction<TokenUsage> column) {
        return numbers(
                ends,
                event -> event.detail() == null
                        ? 0
                        : column.applyAsLong(event.detail().tokens()));
    }
}
