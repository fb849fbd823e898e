package io.tollgate.billing.reversal.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.reversal.Claim;
import io.tollgate.billing.reversal.Claims;
import io.tollgate.billing.reversal.DisputePhase;
import io.tollgate.billing.reversal.RefundPhase;
import io.tollgate.billing.reversal.SeenDispute;
import io.tollgate.billing.reversal.SeenRefund;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.postgres.Sql;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The rows of a payment's refunds and disputes, and the sum of them. */
final class ReversalRows {

    private static final String LOCK = Sql.beside(ReversalRows.class, "lock");
    private static final String OPEN = Sql.beside(ReversalRows.class, "open");
    private static final String SUM = Sql.beside(ReversalRows.class, "sum");
    private static final String STANDING = Sql.beside(ReversalRows.class, "standing");
    private static final String CLAIMS = Sql.beside(ReversalRows.class, "claims");
    private static final String REFUND_PHASES = Sql.beside(ReversalRows.class, "refund_phases");
    private static final String REFUND_ADD = Sql.beside(ReversalRows.class, "refund_add");
    private static final String REFUND_MOVE = Sql.beside(ReversalRows.class, "refund_move");
    private static final String REQUEST_ANSWERED = Sql.beside(ReversalRows.class, "request_answered");
    private static final String REQUEST_CAME_TO_NOTHING = Sql.beside(ReversalRows.class, "request_came_to_nothing");
    private static final String DISPUTE_PHASES = Sql.beside(ReversalRows.class, "dispute_phases");
    private static final String DISPUTE_ADD = Sql.beside(ReversalRows.class, "dispute_add");
    private static final String DISPUTE_MOVE = Sql.beside(ReversalRows.class, "dispute_move");

    private final DatabaseClient database;

    ReversalRows(DatabaseClient database) {
        this.database = database;
    }

    /** Nobody else changes what goes back of the account's payments until the end of the SQL transaction. */
    Mono<Void> lock(Payment payment) {
        return database.sql(LOCK)
                .bind("account", payment.account().value())
                .then()
                .then(database.sql(OPEN)
                        .bind("payment", payment.id())
                        .bind("account", payment.account().value())
                        .bind("paid", payment.paid().minor())
                        .then());
    }

    Mono<Standing> standing(Payment payment) {
        return of(STANDING, payment).map(Standing::of).one();
    }

    /** @param granted what the payment bought */
    Mono<Claims> claims(Payment payment, Credits granted) {
        return of(CLAIMS, payment)
                .map(ReversalRows::claim)
                .all()
                .collectList()
                .map(claims -> new Claims(payment.paid().minor(), granted, claims));
    }

    Mono<Void> sum(Payment payment, Credits claimed) {
        return of(SUM, payment).bind("claimed", claimed.micros()).then();
    }

    Mono<Map<String, RefundPhase>> refunds(Payment payment) {
        return phases(REFUND_PHASES, payment, RefundPhase::valueOf);
    }

    Mono<Map<String, DisputePhase>> disputes(Payment payment) {
        return phases(DISPUTE_PHASES, payment, DisputePhase::valueOf);
    }

    Mono<Void> add(Payment payment, SeenRefund refund) {
        Mono<Void> added = of(REFUND_ADD, payment)
                .bind("id", refund.id())
                .bind("account", payment.account().value())
                .bind("request", orNull(refund.request()))
                .bind("amount", refund.amountMinor())
                .bind("phase", refund.phase().name())
                .bind("reason", orNull(refund.reason()))
                .bind("at", refund.refundedAt())
                .then();
        String request = refund.request();
        return request == null
                ? added
                : added.then(
                        of(REQUEST_ANSWERED, payment).bind("request", request).then());
    }

    Mono<Void> move(SeenRefund refund) {
        return move(REFUND_MOVE, refund.id(), refund.phase().name());
    }

    /** Closes the request whose refund has failed or was canceled, if there is one. */
    Mono<Void> cameToNothing(SeenRefund refund) {
        return database.sql(REQUEST_CAME_TO_NOTHING)
                .bind("refund", refund.id())
                .bind("because", "refund_" + refund.phase().name().toLowerCase(Locale.ROOT))
                .then();
    }

    Mono<Void> add(Payment payment, SeenDispute dispute) {
        return of(DISPUTE_ADD, payment)
                .bind("id", dispute.id())
                .bind("account", payment.account().value())
                .bind("amount", dispute.amountMinor())
                .bind("phase", dispute.phase().name())
                .bind("reason", orNull(dispute.reason()))
                .bind("at", dispute.openedAt())
                .then();
    }

    Mono<Void> move(SeenDispute dispute) {
        return move(DISPUTE_MOVE, dispute.id(), dispute.phase().name());
    }

    private Mono<Void> move(String sql, String id, String phase) {
        return database.sql(sql).bind("id", id).bind("phase", phase).then();
    }

    private <P> Mono<Map<String, P>> phases(String sql, Payment payment, Function<String, P> phase) {
        return of(sql, payment)
                .map(row -> Map.entry(text(row, "id"), phase.apply(text(row, "phase"))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private DatabaseClient.GenericExecuteSpec of(String sql, Payment payment) {
        return database.sql(sql).bind("payment", payment.id());
    }

    private static Claim claim(Readable row) {
        Long exactly = row.get("credits_micros", Long.class);
        return new Claim(
                requireNonNull(row.get("amount_minor", Long.class)),
                exactly == null ? null : Credits.ofMicros(exactly));
    }

    private static Parameter orNull(@Nullable String text) {
        return text == null ? Parameters.in(R2dbcType.VARCHAR) : Parameters.in(text);
    }

    private static String text(Readable row, String column) {
        return requireNonNull(row.get(column, String.class));
    }
}
