package io.tollgate.billing.catalog;

import io.tollgate.metering.credit.Credits;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A pack as it is written: {@code amount}, {@code currency} and {@code stripePrice} for one price, {@code prices} for several. */
@JsonNaming(SnakeCaseStrategy.class)
public record PackLine(
        @Nullable String id,
        @Nullable String name,
        @Nullable String credits,
        @Nullable Long amount,
        @Nullable String currency,
        @Nullable String stripePrice,
        @Nullable List<PriceLine> prices) {

    public static PackLine of(Pack pack) {
        return new PackLine(
                pack.id(),
                pack.name(),
                pack.credits().toDecimal(),
                null,
                null,
                null,
                pack.prices().stream().map(price -> PriceLine.of(null, price)).toList());
    }

    /**
     * The pack this line describes.
     *
     * @throws IllegalArgumentException saying what makes no sense
     */
    public Pack pack() {
        return new Pack(
                Written.present(id, "id"),
                Written.present(name, "name"),
                Credits.parse(Written.present(credits, "credits")),
                allPrices());
    }

    private List<Price> allPrices() {
        List<PriceLine> several = Written.list(prices);
        if (several.isEmpty()) {
            return List.of(new PriceLine(null, amount, currency, stripePrice).price());
        }
        if (amount != null || currency != null || stripePrice != null) {
            throw new IllegalArgumentException("either amount and currency or prices, not both");
        }
        return PriceLine.once(several);
    }
}
