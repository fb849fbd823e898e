package io.tollgate.billing.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A plan at one of its prices.
 *
 * @param price null for a free plan
 */
public record PlanOffer(Plan plan, @Nullable PlanPrice price) {

    public PlanOffer {
        if (price == null ? !plan.isFree() : !plan.prices().contains(price)) {
            throw new IllegalArgumentException("no price of plan " + plan.id() + ": " + price);
        }
    }

    /**
     * Whether this is the better plan: what a month of it costs is more, or as much for more allowance. Prices in different
     * currencies cannot be compared; there the allowance decides.
     */
    public boolean isBetterThan(PlanOffer other) {
        int byPrice = comparable(other) ? Long.compare(perYearMinor(), other.perYearMinor()) : 0;
        return byPrice != 0
                ? byPrice > 0
                : plan.allowance().exceeds(other.plan().allowance());
    }

    private boolean comparable(PlanOffer other) {
        return price == null || other.price == null || price.currency().equals(other.price.currency());
    }

    private long perYearMinor() {
        return price == null ? 0 : price.perYearMinor();
    }
}
