package io.tollgate.billing.catalog;

import org.jspecify.annotations.Nullable;

/** Where the catalog comes from: the configuration, and what operators have changed since. */
@FunctionalInterface
public interface Catalogs {

    /** What is for sale now. Costs nothing: ask for each request, and once in each. */
    Catalog current();

    /** The plan as it is or last was for sale, for those who have it; null if there never was one of this id. */
    default @Nullable Plan knownPlan(String id) {
        return current().plan(id);
    }

    /** As {@link #knownPlan}, by the id of a price at Stripe. */
    default @Nullable PlanOffer knownOffer(String stripePriceId) {
        return current().offerOf(stripePriceId);
    }
}
