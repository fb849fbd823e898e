package io.tollgate.billing.planchange;

import io.tollgate.billing.catalog.Interval;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why nothing was done about a plan. */
public sealed interface Refusal {
    /** It has no plan that is paid for. */
    record NoPlan() implements Refusal {}

    record UnknownPlan() implements Refusal {}

    /** The plan is not paid by this interval. */
    record UnknownInterval(List<Interval> there) implements Refusal {}

    /** The plan is not sold in the currency of the one it has. */
    record UnknownCurrency(List<String> there) implements Refusal {}

    /** It has this plan already. */
    record SamePlan() implements Refusal {}

    /** The plan ends at {@code at}. */
    record Ending(Instant at) implements Refusal {}

    /** An earlier change waits for its payment. */
    record AwaitsPayment(@Nullable String url) implements Refusal {}

    /** A payment failed, and has to be made first. */
    record Overdue(@Nullable String url) implements Refusal {}

    /** Nothing is collected for the plan at the moment. */
    record Paused() implements Refusal {}

    record NotPaused() implements Refusal {}

    /** Nothing is to come at the end of the period. */
    record NothingToTakeBack() implements Refusal {}

    /** A pause cannot end then. */
    record WrongResumption(Instant earliest, Instant latest) implements Refusal {}

    /** Somebody else is changing the plan. */
    record UnderWay() implements Refusal {}

    /** It was previewed too long ago, or it comes to something else by now: {@code now}. */
    record Stale(Preview now) implements Refusal {}

    /** Nothing was ever bought. */
    record NoCustomer() implements Refusal {}

    /** Stripe's price is not the catalog's. An operator has to look. */
    record PriceDiffers() implements Refusal {}

    /** Asking again later may succeed. */
    record StripeUnavailable() implements Refusal {}

    /** Stripe will not have it. */
    record StripeRefused(String code) implements Refusal {}
}
