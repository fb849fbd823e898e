package io.tollgate.billing.configuration;

import io.tollgate.billing.catalog.Catalogs;
import io.tollgate.billing.catalog.Plan;
import io.tollgate.billing.catalog.PlanOffer;
import io.tollgate.billing.subscription.PlanTerms;
import io.tollgate.billing.subscription.Plans;
import io.tollgate.metering.credit.Credits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The catalog's plans as subscriptions see them. */
final class CatalogPlans implements Plans {

    private final Catalogs catalogs;
    private final Duration grace;
    private final @Nullable String freePlan;

    /** With {@code grace}, what holds where a plan says nothing else. */
    CatalogPlans(Catalogs catalogs, Duration grace, @Nullable String freePlan) {
        this.catalogs = catalogs;
        this.grace = grace;
        this.freePlan = freePlan;
    }

    @Override
    public @Nullable PlanTerms plan(String id) {
        Plan plan = catalogs.knownPlan(id);
        return plan == null ? null : terms(plan);
    }

    @Override
    public @Nullable PlanTerms ofPrice(String price) {
        PlanOffer offer = catalogs.knownOffer(price);
        return offer == null ? null : terms(offer.plan());
    }

    @Override
    public @Nullable PlanTerms free() {
        return freePlan == null ? null : plan(freePlan);
    }

    private PlanTerms terms(Plan plan) {
        Duration own = plan.grace();
        return new PlanTerms(
                plan.id(),
                plan.name(),
                plan.allowance(),
                plan.trial() == null ? Credits.ZERO : plan.trial().allowance(),
                plan.rollover().cap(),
                own == null ? grace : own);
    }
}
