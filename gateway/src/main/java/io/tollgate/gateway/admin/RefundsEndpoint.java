package io.tollgate.gateway.admin;

import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.payment.Payments;
import io.tollgate.billing.refund.RefundDesk;
import io.tollgate.billing.refund.RefundResult;
import io.tollgate.billing.refund.RefundWish;
import io.tollgate.billing.reversal.RefundRequest;
import io.tollgate.billing.reversal.RefundRequest.AskedBy;
import io.tollgate.gateway.admin.Inputs.InvalidException;
import io.tollgate.gateway.problem.ProblemAnswer;
import io.tollgate.gateway.topup.RefundAnswers;
import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Money that the operator gives back. The idempotency key is required: a repeated request must not refund twice. */
final class RefundsEndpoint {

    private static final long AMOUNT_MAX = 1_000_000_000_000L;

    private final RefundDesk desk;
    private final Payments payments;
    private final Audit audit;

    RefundsEndpoint(RefundDesk desk, Payments payments, Audit audit) {
        this.desk = desk;
        this.payments = payments;
        this.audit = audit;
    }

    /**
     * How much to give back, and why.
     *
     * @param amountMinor left out for all that is left
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Giving(
            @Nullable BigDecimal amountMinor, @Nullable String reason) {
        static final Giving ABSENT = new Giving(null, null);
    }

    Mono<ServerResponse> refund(ServerRequest request) {
        return Inputs.with(
                request,
                Giving.class,
                Giving.ABSENT,
                giving -> of(request, payment -> refund(wish(request, payment, giving), payment)));
    }

    private Mono<ServerResponse> of(ServerRequest request, Function<Payment, Mono<ServerResponse>> work) {
        return payments.find(request.pathVariable("payment"))
                .flatMap(work)
                .switchIfEmpty(Mono.defer(() ->
                        ProblemAnswer.of(HttpStatus.NOT_FOUND, "no_such_payment", "There is no payment of this id.")));
    }

    private static RefundWish wish(ServerRequest request, Payment payment, Giving giving) {
        Long amount = giving.amountMinor() == null
                ? null
                : (Long) Inputs.whole("amount_minor", giving.amountMinor(), 1, AMOUNT_MAX);
        return new RefundWish(
                payment.id(),
                amount,
                reason(giving.reason()),
                "operator:" + Inputs.causeIdFor(payment.account(), request),
                AskedBy.OPERATOR);
    }

    private static @Nullable String reason(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (text.length() > RefundWish.REASON_MAX || text.indexOf('\0') >= 0) {
            throw new InvalidException("reason has at most " + RefundWish.REASON_MAX + " characters");
        }
        return text.strip();
    }

    private Mono<ServerResponse> refund(RefundWish wish, Payment payment) {
        return desk.refund(wish).flatMap(result -> switch (result) {
            case RefundResult.Refunded(RefundRequest request) -> noted(request, payment, result);
            case RefundResult.Waiting(RefundRequest request) -> noted(request, payment, result);
            case RefundResult other -> RefundAnswers.of(other);
        });
    }

    private Mono<ServerResponse> noted(RefundRequest request, Payment payment, RefundResult result) {
        Map<String, String> detail = Map.of(
                "request",
                request.id(),
                "payment",
                payment.id(),
                "amount_minor",
                Long.toString(request.amount().minor()),
                "currency",
                request.amount().currency(),
                "reason",
                request.reason() == null ? "" : request.reason());
        return audit.record("refund", payment.account(), detail).then(RefundAnswers.of(result));
    }
}
