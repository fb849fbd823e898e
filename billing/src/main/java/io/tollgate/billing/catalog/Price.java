package io.tollgate.billing.catalog;

import io.tollgate.metering.ledger.Money;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What something costs.
 *
 * @param money what we sell it for, also where Stripe has a price of its own: that one has to be the same, see
 *     {@code checkout.StripePrices}
 * @param stripeId the price at Stripe that the buyer is sent to; null to have Stripe make one of {@code money}
 */
public record Price(Money money, @Nullable String stripeId) {

    private static final Pattern STRIPE_ID = Pattern.compile("price_[A-Za-z0-9_]{1,200}");

    public Price {
        if (money.minor() < 1 || money.minor() > Catalog.MINOR_MAX) {
            throw new IllegalArgumentException(
                    "a price has to be in [1, " + Catalog.MINOR_MAX + "] minor units, not " + money.minor());
        }
        if (stripeId != null && !STRIPE_ID.matcher(stripeId).matches()) {
            throw new IllegalArgumentException(
                    "the id of a price at Stripe begins with price_ (a product's, prod_, will not do), not: "
                            + stripeId);
        }
    }

    public static Price of(Money money) {
        return new Price(money, null);
    }

    public String currency() {
        return money.currency();
    }

    static @Nullable Price in(@Nullable String currency, List<Price> prices) {
        for (Price price : prices) {
            if (currency == null || price.currency().equals(currency)) {
                return price;
            }
        }
        return null;
    }
}
