package io.tollgate.billing.planchange;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What Stripe does about plans. Every method may signal {@link io.tollgate.billing.checkout.StripeUnavailableException}; whatever has
 * no key sets something to what it is to be, so it can be asked again.
 */
public interface ChangeTill {

    /** Empty if Stripe has none of this id. */
    Mono<HeldPlan> held(String subscription);

    /** The subscription that a schedule is or was for; empty if there is none. */
    Mono<String> scheduled(String schedule);

    /** What the change would be charged for at once. */
    Mono<EstimateResult> estimate(Proposal proposal);

    /** What the next period would cost after the change, where it goes on in the same rhythm. */
    Mono<EstimateResult> renewal(Proposal proposal);

    /** Changes the plan now, or leaves it as it is until the change is paid. */
    Mono<Done> change(Proposal proposal, String idempotencyKey);

    /** Changes the plan when the period ends. It must not be under a schedule. */
    Mono<Done> schedule(Proposal proposal, String idempotencyKey);

    /** Takes back what a schedule was to change. */
    Mono<Done> release(String schedule);

    Mono<Done> endAtPeriodEnd(String subscription);

    /** Takes back that it was to end. */
    Mono<Done> keep(String subscription);

    /** Ends it, without money back. */
    Mono<Done> endNow(String subscription);

    /** Nothing is collected from now on, until {@code resumesAt} if it is not null. */
    Mono<Done> pause(String subscription, PauseAs behaviour, @Nullable Instant resumesAt);

    Mono<Done> resume(String subscription);

    /** A link that lets the customer into Stripe's portal. */
    Mono<PortalResult> portal(String customer, URI returnUrl);

    /** What becomes of the invoices of a pause. */
    enum PauseAs {
        /** Nobody ever pays them, and they give nothing. */
        VOID,
        /** They are collected after the pause. */
        KEEP_AS_DRAFT,
        MARK_UNCOLLECTIBLE
    }

    /** What became of a request. */
    sealed interface Done {
        /** Stripe shows it so. */
        record As(HeldPlan held) implements Done {}

        record Refused(String code) implements Done {}
    }

    /** What became of a question. */
    sealed interface EstimateResult {
        record Estimated(Estimate estimate) implements EstimateResult {}

        record Refused(String code) implements EstimateResult {}
    }

    /** What became of the wish for the portal. */
    sealed interface PortalResult {
        record Open(String url) implements PortalResult {}

        record Refused(String code) implements PortalResult {}
    }
}
