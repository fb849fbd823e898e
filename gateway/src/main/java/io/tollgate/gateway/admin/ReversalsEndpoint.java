package io.tollgate.gateway.admin;

import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.payment.Payments;
import io.tollgate.billing.reversal.Disputes;
import io.tollgate.billing.reversal.Refunds;
import io.tollgate.gateway.problem.ProblemAnswer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Refunds and disputes, for the operator to look at. */
final class ReversalsEndpoint {

    private final Refunds refunds;
    private final Disputes disputes;
    private final Payments payments;
    private final int pageMax;

    ReversalsEndpoint(Refunds refunds, Disputes disputes, Payments payments, int pageMax) {
        this.refunds = refunds;
        this.disputes = disputes;
        this.payments = payments;
        this.pageMax = pageMax;
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record RefundBody(
            @Nullable String refund,
            @Nullable String request,
            String payment,
            String account,
            long amountMinor,
            String currency,
            String status,
            @Nullable String askedBy,
            @Nullable String reason,
            @Nullable String refusedBecause,
            String at) {

        static RefundBody of(Refunds.Line line) {
            return new RefundBody(
                    line.id(),
                    line.request(),
                    line.payment(),
                    line.account().value(),
                    line.amountMinor(),
                    line.currency(),
                    status(line),
                    lower(line.askedBy()),
                    line.reason(),
                    line.refusedBecause(),
                    line.at().toString());
        }

        private static String status(Refunds.Line line) {
            String phase = lower(line.phase());
            return phase == null ? String.valueOf(lower(line.state())) : phase;
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record DisputeBody(
            String dispute,
            String payment,
            String account,
            long amountMinor,
            String currency,
            String status,
            @Nullable String reason,
            String openedAt,
            String changedAt) {

        static DisputeBody of(Disputes.Line line) {
            return new DisputeBody(
                    line.id(),
                    line.payment(),
                    line.account().value(),
                    line.amountMinor(),
                    line.currency(),
                    String.valueOf(lower(line.phase())),
                    line.reason(),
                    line.openedAt().toString(),
                    line.changedAt().toString());
        }
    }

    /** A payment with all that went back of it. */
    @JsonNaming(SnakeCaseStrategy.class)
    record PaymentBody(
            String payment,
            String account,
            String kind,
            String title,
            long paidMinor,
            String currency,
            String credits,
            @Nullable String paymentIntent,
            String paidAt,
            List<RefundBody> refunds,
            List<DisputeBody> disputes) {

        static PaymentBody of(Payment payment, List<RefundBody> refunds, List<DisputeBody> disputes) {
            return new PaymentBody(
                    payment.id(),
                    payment.account().value(),
                    String.valueOf(lower(payment.kind())),
                    payment.title(),
                    payment.paid().minor(),
                    payment.paid().currency(),
                    payment.credits().toDecimal(),
                    payment.paymentIntent(),
                    payment.paidAt().toString(),
                    refunds,
                    disputes);
        }
    }

    /** An account's payments, newest first; {@code before} is the last one of the page before. */
    Mono<ServerResponse> payments(ServerRequest request) {
        return Inputs.answering(Mono.defer(() -> payments.of(
                        Inputs.account(request),
                        request.queryParam("before").orElse(null),
                        Inputs.limit(request, pageMax))
                .concatMap(this::body)
                .collectList()
                .flatMap(page -> ServerResponse.ok().bodyValue(Map.of("payments", page)))));
    }

    Mono<ServerResponse> refunds(ServerRequest request) {
        return Inputs.answering(Mono.defer(() -> refunds.latest(Inputs.limit(request, pageMax))
                .map(RefundBody::of)
                .collectList()
                .flatMap(page -> ServerResponse.ok().bodyValue(Map.of("refunds", page)))));
    }

    Mono<ServerResponse> disputes(ServerRequest request) {
        return Inputs.answering(Mono.defer(() -> disputes.latest(Inputs.limit(request, pageMax))
                .map(DisputeBody::of)
                .collectList()
                .flatMap(page -> ServerResponse.ok().bodyValue(Map.of("disputes", page)))));
    }

    Mono<ServerResponse> payment(ServerRequest request) {
        return payments.find(request.pathVariable("payment"))
                .flatMap(this::body)
                .flatMap(body -> ServerResponse.ok().bodyValue(body))
                .switchIfEmpty(Mono.defer(() ->
                        ProblemAnswer.of(HttpStatus.NOT_FOUND, "no_such_payment", "There is no payment of this id.")));
    }

    private Mono<PaymentBody> body(Payment payment) {
        return Mono.zip(
                        refunds.of(payment.id()).map(RefundBody::of).collectList(),
                        disputes.of(payment.id()).map(DisputeBody::of).collectList())
                .map(both -> PaymentBody.of(payment, both.getT1(), both.getT2()));
    }

    private static @Nullable String lower(@Nullable Enum<?> word) {
        return word == null ? null : word.name().toLowerCase(Locale.ROOT);
    }
}
