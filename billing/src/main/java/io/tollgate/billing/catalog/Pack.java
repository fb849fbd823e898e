package io.tollgate.billing.catalog;

import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fixed amount of credit at a fixed price.
 *
 * @param prices one for each currency, the usual one first
 */
public record Pack(String id, String name, Credits credits, List<Price> prices) {

    public Pack {
        Naming.check("pack", id, name);
        prices = List.copyOf(prices);
        if (credits.isZero()) {
            throw new IllegalArgumentException("pack " + id + " gives no credit");
        }
        if (prices.isEmpty()) {
            throw new IllegalArgumentException("pack " + id + " needs a price");
        }
        Naming.checkDistinct(
                "pack " + id + " has two prices in ",
                prices.stream().map(Price::currency).toList());
    }

    public Pack(String id, String name, Credits credits, Money price) {
        this(id, name, credits, List.of(Price.of(price)));
    }

    /** In the usual currency. */
    public Money price() {
        return prices.getFirst().money();
    }

    /** Null if it is not for sale in this currency; null asks for the usual one. */
    @Nullable
    Price priceIn(@Nullable String currency) {
        return Price.in(currency, prices);
    }
}
