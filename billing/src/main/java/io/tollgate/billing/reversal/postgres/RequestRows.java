package io.tollgate.billing.reversal.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import io.tollgate.billing.reversal.RefundRequest;
import io.tollgate.billing.reversal.RefundRequest.AskedBy;
import io.tollgate.billing.reversal.RefundRequest.State;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.postgres.Sql;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The rows of refunds that were asked for here. */
final class RequestRows {

    private static final String ALL = Sql.beside(RequestRows.class, "requests");
    private static final String OF_ID = ALL + Sql.beside(RequestRows.class, "request_of_id");
    private static final String OF_CAUSE = ALL + Sql.beside(RequestRows.class, "request_of_cause");
    private static final String OF_CUSTOMER = ALL + Sql.beside(RequestRows.class, "request_of_customer");
    private static final String ADD = Sql.beside(RequestRows.class, "request_add");
    private static final String REFUSED = Sql.beside(RequestRows.class, "request_refused");
    private static final String ABANDON = Sql.beside(RequestRows.class, "request_abandon");
    private static final String ENDED = Sql.beside(RequestRows.class, "request_ended");
    private static final String TAKE_DUE = Sql.beside(RequestRows.class, "request_take_due");

    private final DatabaseClient database;

    RequestRows(DatabaseClient database) {
        this.database = database;
    }

    Mono<RefundRequest> ofId(String id) {
        return one(OF_ID, id);
    }

    Mono<RefundRequest> ofCause(String causeId) {
        return one(OF_CAUSE, causeId);
    }

    Mono<RefundRequest> ofCustomer(String payment) {
        return one(OF_CUSTOMER, payment);
    }

    Mono<Void> add(RefundRequest request) {
        Credits credits = request.credits();
        return database.sql(ADD)
                .bind("id", request.id())
                .bind("payment", request.payment())
                .bind("account", request.account().value())
                .bind("causeId", request.causeId())
                .bind("askedBy", request.askedBy().name())
                .bind("amount", request.amount().minor())
                .bind(
                        "credits",
                        credits == null ? Parameters.in(R2dbcType.BIGINT) : Parameters.in((Long) credits.micros()))
                .bind("reason", orNull(request.reason()))
                .bind("endsInvoice", orNull(request.endsInvoice()))
                .then();
    }

    /** Whether it was open until now. */
    Mono<Boolean> refused(RefundRequest request, String code) {
        return database.sql(REFUSED)
                .bind("id", request.id())
                .bind("code", code)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    Mono<Void> abandon(RefundRequest request) {
        return database.sql(ABANDON)
                .bind("id", request.id())
                .bind("attempt", request.attempt())
                .then();
    }

    Mono<Void> ended(RefundRequest request) {
        return database.sql(ENDED).bind("id", request.id()).then();
    }

    Flux<RefundRequest> takeDue(Duration first, Duration longest, int limit) {
        return database.sql(TAKE_DUE)
                .bind("firstSeconds", first.toMillis() / 1_000.0)
                .bind("longestSeconds", longest.toMillis() / 1_000.0)
                .bind("limit", limit)
                .map(RequestRows::request)
                .all()
                .collectList() // Stripe is asked about them once the connection is given back
                .flatMapIterable(due -> due);
    }

    private Mono<RefundRequest> one(String sql, String key) {
        return database.sql(sql).bind("key", key).map(RequestRows::request).one();
    }

    private static RefundRequest request(Readable row) {
        Long credits = row.get("credits_micros", Long.class);
        return new RefundRequest(
                text(row, "id"),
                text(row, "payment"),
                new AccountId(text(row, "account")),
                text(row, "cause_id"),
                AskedBy.valueOf(text(row, "asked_by")),
                new Money(requireNonNull(row.get("amount_minor", Long.class)), text(row, "currency")),
                credits == null ? null : Credits.ofMicros(credits),
                row.get("reason", String.class),
                State.valueOf(text(row, "state")),
                row.get("ends_invoice", String.class),
                requireNonNull(row.get("attempt", Integer.class)),
                row.get("refused_because", String.class),
                requireNonNull(row.get("asked_at", Instant.class)));
    }

    private static Parameter orNull(@Nullable String text) {
        return text == null ? Parameters.in(R2dbcType.VARCHAR) : Parameters.in(text);
    }

    private static String text(Readable row, String column) {
        return requireNonNull(row.get(column, String.class));
    }
}
