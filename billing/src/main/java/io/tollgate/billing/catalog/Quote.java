package io.tollgate.billing.catalog;

import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import java.util.List;

/** The catalog's answer to a choice. */
public sealed interface Quote {
    /** It is for sale: {@code title} is what the buyer reads on Stripe's page. */
    record Priced(String title, Credits credits, Price price) implements Quote {
        public Priced(String title, Credits credits, Money price) {
            this(title, credits, Price.of(price));
        }
    }

    /** A plan is for sale, or to be had for nothing. */
    record OfPlan(PlanOffer offer) implements Quote {}

    record UnknownPack() implements Quote {}

    record UnknownPlan() implements Quote {}

    /** The plan is not paid by this interval. */
    record UnknownInterval(List<Interval> there) implements Quote {}

    /** Not for sale in this currency. */
    record UnknownCurrency(List<String> there) implements Quote {}

    record AmountOutOfBounds(CustomAmount.Bounds bounds) implements Quote {}

    /** Only packs are for sale. */
    record NoCustomAmounts() implements Quote {}
}
