package io.tollgate.billing.catalog;

import io.tollgate.metering.ledger.Money;

/** What a plan costs for one interval. */
public record PlanPrice(Interval interval, Price price) {

    public Money money() {
        return price.money();
    }

    public String currency() {
        return price.currency();
    }

    /** What a year of it costs, in minor units: how prices of different intervals are compared without a fraction. */
    public long perYearMinor() {
        return Math.multiplyExact(money().minor(), interval.perYear());
    }
}
