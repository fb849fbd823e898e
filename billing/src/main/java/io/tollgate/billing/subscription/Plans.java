package io.tollgate.billing.subscription;

import org.jspecify.annotations.Nullable;

/** The plans of the catalog, as far as subscriptions need them. */
public interface Plans {

    /** Null if the catalog has no such plan. */
    @Nullable
    PlanTerms plan(String id);

    /** The plan that is sold at this price of Stripe's; null if none is. */
    @Nullable
    PlanTerms ofPrice(String price);

    /** The plan that accounts without a subscription live on; null if there is none. */
    @Nullable
    PlanTerms free();
}
