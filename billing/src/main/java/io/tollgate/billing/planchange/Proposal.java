package io.tollgate.billing.planchange;

import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.catalog.PlanOffer;
import io.tollgate.billing.catalog.PlanPrice;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change that could be made.
 *
 * @param proratedAt since when the time of the plan it has counts as not used
 */
public record Proposal(HeldPlan held, Kind kind, PlanOffer offer, Instant proratedAt) {

    /** Null where nothing is paid for the plan. */
    public @Nullable PlanPrice price() {
        return offer.price();
    }

    public Interval interval() {
        PlanPrice price = offer.price();
        return price == null ? held.seen().item().interval() : price.interval();
    }
}
