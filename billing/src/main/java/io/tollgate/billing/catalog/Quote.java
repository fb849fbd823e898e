package io.tollgate.billing.catalog;

import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;

/** The catalog's answer to a choice. */
public sealed interface Quote {
    /** It is for sale: {@code title} is what the buyer reads on Stripe's page. */
    record Priced(String title, Credits credits, Money price) implements Quote {}

    record UnknownPack() implements Quote {}

    record AmountOutOfBounds(CustomAmount.Bounds bounds) implements Quote {}

    /** Only packs are for sale. */
    record NoCustomAmounts() implements Quote {}
}
