package io.tollgate.billing.checkout;

import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.catalog.Plan;
import io.tollgate.billing.catalog.PlanOffer;
import io.tollgate.billing.catalog.PlanPrice;
import io.tollgate.billing.catalog.Price;
import io.tollgate.billing.catalog.Quote;
import io.tollgate.billing.catalog.Trial;
import io.tollgate.billing.order.OrderedPlan;
import io.tollgate.metering.credit.Credits;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is to be paid for.
 *
 * @param plan with the trial that it has for who has had none; null for a top-up
 */
public record Wanted(
        String title,
        Credits credits,
        Price price,
        @Nullable OrderedPlan plan) {

    static Wanted of(Quote.Priced offer) {
        return new Wanted(offer.title(), offer.credits(), offer.price(), null);
    }

    static Wanted of(PlanOffer offer) {
        Plan plan = offer.plan();
        PlanPrice price = Objects.requireNonNull(offer.price());
        Trial trial = plan.trial();
        return new Wanted(
                plan.name(),
                plan.allowance(),
                price.price(),
                new OrderedPlan(plan, price.interval(), trial == null ? 0 : trial.days()));
    }

    /** Null for what is paid once. */
    public @Nullable Interval interval() {
        return plan == null ? null : plan.interval();
    }
}
