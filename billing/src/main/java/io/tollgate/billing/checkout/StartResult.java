package io.tollgate.billing.checkout;

import io.tollgate.billing.catalog.CustomAmount;
import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.catalog.Plan;
import java.util.List;

/** What became of a wish to pay. */
public sealed interface StartResult {
    /** Send the buyer to {@code url}. */
    record Started(String url, String sessionId) implements StartResult {}

    /** The account is on the plan, which nothing is paid for. */
    record FreePlanBegun(Plan plan) implements StartResult {}

    /** It has a plan, this one or another: that is changed, not bought beside. */
    record HasPlan(String plan) implements StartResult {}

    /** Stripe's price is not the catalog's. An operator has to look. */
    record PriceDiffers() implements StartResult {}

    record UnknownPack() implements StartResult {}

    record UnknownPlan() implements StartResult {}

    /** The plan is not paid by this interval. */
    record UnknownInterval(List<Interval> there) implements StartResult {}

    /** Not for sale in this currency. */
    record UnknownCurrency(List<String> there) implements StartResult {}

    record AmountOutOfBounds(CustomAmount.Bounds bounds) implements StartResult {}

    /** Only packs are for sale. */
    record NoCustomAmounts() implements StartResult {}

    /** Nothing was charged; asking again later may succeed. */
    record StripeUnavailable() implements StartResult {}

    /** Stripe will not have it: a wrong key, a currency the merchant lacks. An operator has to look. */
    record StripeRefused(String code) implements StartResult {}

    /** This installation has no key for Stripe. */
    record NotConfigured() implements StartResult {}
}
