package io.tollgate.billing.subscription;

import io.tollgate.billing.subscription.StripeInvoice.Line;
import org.jspecify.annotations.Nullable;

/** What was sold with a line of an invoice: the subscription may be for another plan by now. */
final class SoldTerms {

    private final Plans plans;

    SoldTerms(Plans plans) {
        this.plans = plans;
    }

    PlanTerms of(Line line, SubscriptionState now) {
        PlanTerms sold = now.item().price().equals(line.price()) ? now.terms() : inCatalog(line);
        return sold == null ? now.terms() : sold;
    }

    private @Nullable PlanTerms inCatalog(Line line) {
        String price = line.price();
        PlanTerms ofPrice = price == null ? null : plans.ofPrice(price);
        String plan = line.plan();
        return ofPrice == null && plan != null ? plans.plan(plan) : ofPrice;
    }
}
