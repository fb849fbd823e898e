package io.tollgate.billing.autotopup;

import io.tollgate.billing.catalog.Quote;
import io.tollgate.metering.ledger.Money;

/** What became of a wish to have credit bought by itself. */
public sealed interface SaveResult {
    record Saved(Standing standing) implements SaveResult {}

    /** The catalog's answer says why. */
    record NotForSale(Quote quote) implements SaveResult {}

    /** With such a cap nothing would ever be bought. */
    record CapBelowPrice(Money price) implements SaveResult {}

    /** A card has to be saved first. */
    record NoCard() implements SaveResult {}

    /** The account has saved no such card. */
    record UnknownCard() implements SaveResult {}

    /** Nothing was changed; asking again later may succeed. */
    record StripeUnavailable() implements SaveResult {}
}
