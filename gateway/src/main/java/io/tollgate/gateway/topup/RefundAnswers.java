package io.tollgate.gateway.topup;

import io.tollgate.billing.refund.RefundResult;
import io.tollgate.billing.reversal.RefundRequest;
import io.tollgate.gateway.problem.ProblemAnswer;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What became of the wish for a refund, as an answer. */
public final class RefundAnswers {

    private RefundAnswers() {}

    /** 200 once Stripe has it, 202 while it is still to be asked again, a problem otherwise. */
    public static Mono<ServerResponse> of(RefundResult result) {
        return switch (result) {
            case RefundResult.Refunded(RefundRequest request) ->
                ServerResponse.ok().bodyValue(body(request, "refunded"));
            case RefundResult.Waiting(RefundRequest request) ->
                ServerResponse.accepted().bodyValue(body(request, "waiting"));
            case RefundResult.Refused(String code) ->
                problem(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "refund_refused",
                        "Stripe does not refund this payment: " + code + ".");
            case RefundResult.NoSuchPayment _ ->
                problem(HttpStatus.NOT_FOUND, "no_such_payment", "There is no payment of this id.");
            case RefundResult.NothingPaid _ ->
                problem(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "nothing_paid",
                        "Nothing was charged for this payment, so nothing can be given back.");
            case RefundResult.BeyondPaid(long left, String currency) ->
                problem(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "beyond_paid",
                        "Of this payment at most " + left + " " + currency
                                + " (minor units) can still be given back: the rest was refunded, is about to be, or is"
                                + " disputed.");
            case RefundResult.Conflict(String field, String before) ->
                problem(
                        HttpStatus.CONFLICT,
                        "idempotency_key_reused",
                        "Under this idempotency key something else was asked for before: " + field + " was " + before
                                + ".");
            case RefundResult.NotOffered _ ->
                problem(
                        HttpStatus.FORBIDDEN,
                        "money_back_not_offered",
                        "This payment cannot be taken back here. Ask the operator.");
            case RefundResult.WindowOver(var until) ->
                problem(
                        HttpStatus.CONFLICT,
                        "money_back_window_over",
                        "This payment could be taken back until " + until + ". Ask the operator.");
            case RefundResult.Used _ ->
                problem(
                        HttpStatus.CONFLICT,
                        "nothing_unused",
                        "Nothing of this payment that could be taken back is left unused.");
        };
    }

    private static Map<String, Object> body(RefundRequest request, String status) {
        return Map.of(
                "request",
                request.id(),
                "payment",
                request.payment(),
                "amount_minor",
                request.amount().minor(),
                "currency",
                request.amount().currency(),
                "status",
                status);
    }

    private static Mono<ServerResponse> problem(HttpStatus status, String code, String detail) {
        return ProblemAnswer.of(status, code, detail);
    }
}
