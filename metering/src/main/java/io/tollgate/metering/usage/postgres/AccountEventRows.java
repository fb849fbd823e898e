package io.tollgate.metering.usage.postgres;

import static io.tollgate.metering.postgres.Columns.longs;
import static io.tollgate.metering.postgres.Columns.texts;

import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.tollgate.metering.postgres.Sql;
import io.tollgate.metering.usage.AccountEvent;
import io.tollgate.metering.usage.LotShare;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Inserts what happened to accounts beside the ends of their holds. */
final class AccountEventRows {

    private static final String INSERT = Sql.beside(AccountEventRows.class, "insert_account_events");
    private static final String UNIQUE_VIOLATION = "23505";

    private final DatabaseClient database;

    AccountEventRows(DatabaseClient database) {
        this.database = database;
    }

    /** Fails with {@link DuplicateEventsException} if any of them was there before. */
    Mono<Void> insert(List<AccountEvent> events) {
        if (events.isEmpty()) {
            return Mono.empty();
        }
        return database.sql(INSERT)
                .bind("accounts", texts(events, event -> event.account().value()))
                .bind("epochs", longs(events, event -> event.position().epoch()))
                .bind("numbers", longs(events, event -> event.position().number()))
                .bind("ids", texts(events, AccountEvent::id))
                .bind("kinds", texts(events, event -> event.kind().name()))
                .bind("atMillis", longs(events, AccountEvent::atMillis))
                .bind(
                        "partitions",
                        events.stream().map(event -> event.partition().number()).toArray(Integer[]::new))
                .bind("amounts", longs(events, AccountEvent::amountMicros))
                .bind("charged", longs(events, event -> event.charged().micros()))
                .bind("uncollected", longs(events, event -> event.uncollected().micros()))
                .bind("expiredSums", longs(events, AccountEvent::expiredMicros))
                .bind("debtChanges", longs(events, AccountEvent::debtChangeMicros))
                .bind("postedAfter", longs(events, AccountEvent::postedAfterMicros))
                .bind("lots", texts(events, event -> text(event.lots())))
                .bind("expired", texts(events, event -> text(event.expired())))
                .bind("commands", longs(events, AccountEvent::command))
                .then()
                .onErrorMap(AccountEventRows::isDuplicate, failure -> new DuplicateEventsException());
    }

    private static boolean isDuplicate(Throwable failure) {
        return failure instanceof DataIntegrityViolationException
                && failure.getCause() instanceof R2dbcDataIntegrityViolationException violation
                && UNIQUE_VIOLATION.equals(violation.getSqlState());
    }

    private static String text(List<LotShare> shares) {
        return shares.stream()
                .map(share -> share.grant() + ":" + share.amount().micros())
                .collect(Collectors.joining(","));
    }
}
