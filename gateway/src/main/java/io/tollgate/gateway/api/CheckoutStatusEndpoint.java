package io.tollgate.gateway.api;

import io.tollgate.billing.checkout.StartResult;
import io.tollgate.billing.checkout.StripeUnavailableException;
import io.tollgate.billing.order.OrderState;
import io.tollgate.billing.order.OrderedPlan;
import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.payment.Payments;
import io.tollgate.billing.topup.AskedBy;
import io.tollgate.billing.topup.TopUpStatus;
import io.tollgate.billing.topup.TopUps;
import io.tollgate.gateway.problem.ProblemAnswer;
import io.tollgate.gateway.topup.CheckoutProblems;
import io.tollgate.metering.account.AccountId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * How a checkout stands, for the program that started it. Asking fulfils what is paid, as the success page does, and may be repeated;
 * sessions of others are as unknown as made-up ones.
 */
final class CheckoutStatusEndpoint {

    private final TopUps topUps;
    private final Payments payments;

    CheckoutStatusEndpoint(TopUps topUps, Payments payments) {
        this.topUps = topUps;
        this.payments = payments;
    }

    /**
     * A checkout.
     *
     * @param state open, pending (the buyer is done, the money is on its way), paid, complete (a plan has begun), withheld, expired
     *     or failed
     * @param amountMinor what it costs, a plan for one interval
     * @param paidMinor what was paid, taxes included and discounts taken off; null if nothing was paid here
     * @param creditsAdded by this checkout; a plan's credit comes with its invoices
     * @param plan null for a top-up, like the two that follow
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record StatusBody(
            String sessionId,
            String state,
            long amountMinor,
            String currency,
            @Nullable Long paidMinor,
            String credits,
            String creditsAdded,
            @Nullable String plan,
            @Nullable String interval,
            @Nullable Integer trialDays) {

        static StatusBody of(String sessionId, TopUpStatus order, Optional<Payment> payment) {
            OrderedPlan plan = order.plan();
            return new StatusBody(
                    sessionId,
                    word(order.state()),
                    order.price().minor(),
                    order.price().currency(),
                    payment.map(made -> made.paid().minor()).orElse(null),
                    order.credits().toDecimal(),
                    order.state() == OrderState.GRANTED ? order.credits().toDecimal() : "0",
                    plan == null ? null : plan.terms().id(),
                    plan == null ? null : plan.interval().word(),
                    plan == null ? null : plan.trialDays());
        }

        private static String word(OrderState state) {
            return switch (state) {
                case INTENT, UNANSWERED, ABANDONED, REFUSED, OPEN -> "open";
                case AWAITING_PAYMENT -> "pending";
                case WITHHELD -> "withheld";
                case GRANTED -> "paid";
                case COMPLETED -> "complete";
                case EXPIRED -> "expired";
                case FAILED -> "failed";
            };
        }
    }

    Mono<ServerResponse> read(ServerRequest request) {
        AccountId account = KeyHolder.account(request);
        String sessionId = request.pathVariable("session");
        return ofAccount(sessionId, account)
                .flatMap(order -> topUps.fulfil(sessionId, AskedBy.SUCCESS_PAGE))
                .then(Mono.defer(() -> ofAccount(sessionId, account)))
                .flatMap(order -> answer(sessionId, order))
                .onErrorResume(
                        StripeUnavailableException.class,
                        _ -> ProblemAnswer.of(CheckoutProblems.of(new StartResult.StripeUnavailable())))
                .switchIfEmpty(Mono.defer(() -> ProblemAnswer.of(
                        HttpStatus.NOT_FOUND,
                        "no_such_checkout",
                        "This account has started no checkout of this session id.")));
    }

    private Mono<TopUpStatus> ofAccount(String sessionId, AccountId account) {
        return topUps.status(sessionId).filter(order -> order.account().equals(account));
    }

    private Mono<ServerResponse> answer(String sessionId, TopUpStatus order) {
        return payments.find(order.order().value())
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(payment -> ServerResponse.ok().bodyValue(StatusBody.of(sessionId, order, payment)));
    }
}
