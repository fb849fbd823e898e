package io.tollgate.billing.catalog;

import io.tollgate.metering.credit.Credits;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Credit for every month, paid by the month or by the year.
 *
 * @param allowance for a month, on yearly prices too
 * @param prices one for each interval and currency, the usual one first; none makes a free plan, which Stripe never hears of
 * @param trial null for none
 * @param grace how long the allowance outlives a failed payment; null for what holds for all plans
 * @param moneyBack how long a payment can be taken back; null for what holds for all plans
 */
public record Plan(
        String id,
        String name,
        Credits allowance,
        List<PlanPrice> prices,
        @Nullable Trial trial,
        Rollover rollover,
        @Nullable Duration grace,
        @Nullable Duration moneyBack) {

    public Plan {
        Naming.check("plan", id, name);
        prices = List.copyOf(prices);
        Naming.checkDistinct(
                "plan " + id + " has two prices for ",
                prices.stream()
                        .map(price -> "a " + price.interval().word() + " in " + price.currency())
                        .toList());
        if (allowance.isZero()) {
            throw new IllegalArgumentException("plan " + id + " gives no allowance");
        }
        if (prices.isEmpty() && trial != null) {
            throw new IllegalArgumentException("plan " + id + " is free, so there is nothing to try: give it no trial");
        }
        checkNotNegative(id, "grace", grace);
        checkNotNegative(id, "money-back", moneyBack);
    }

    public boolean isFree() {
        return prices.isEmpty();
    }

    /** The first price that fits; null asks for the usual interval or currency. Null if none fits. */
    public @Nullable PlanPrice price(@Nullable Interval interval, @Nullable String currency) {
        for (PlanPrice price : prices) {
            if ((interval == null || price.interval() == interval)
                    && (currency == null || price.currency().equals(currency))) {
                return price;
            }
        }
        return null;
    }

    /** The price that Stripe calls this; null if none of the plan's is. */
    public @Nullable PlanPrice priceOf(String stripeId) {
        for (PlanPrice price : prices) {
            if (stripeId.equals(price.price().stripeId())) {
                return price;
            }
        }
        return null;
    }

    /** The one product that all prices of the plan belong to at Stripe, unless they are Stripe's own. */
    public String stripeProduct() {
        return "tollgate_plan_" + id;
    }

    private static void checkNotNegative(String id, String name, @Nullable Duration duration) {
        if (duration != null && duration.isNegative()) {
            throw new IllegalArgumentException("plan " + id + " has a negative " + name);
        }
    }
}
