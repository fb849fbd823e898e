package io.tollgate.gateway.api;

import io.tollgate.billing.catalog.Catalog;
import io.tollgate.billing.catalog.CustomAmount;
import io.tollgate.billing.catalog.Pack;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The catalog as JSON.
 *
 * @param customAmount null if only packs are for sale
 */
@JsonNaming(SnakeCaseStrategy.class)
record CatalogBody(List<PackBody> packs, @Nullable CustomBody customAmount) {

    @JsonNaming(SnakeCaseStrategy.class)
    record PackBody(String id, String name, String credits, long creditsMicros, long amountMinor, String currency) {
        static PackBody of(Pack pack) {
            return new PackBody(
                    pack.id(),
                    pack.name(),
                    pack.credits().toDecimal(),
                    pack.credits().micros(),
                    pack.price().minor(),
                    pack.price().currency());
        }
    }

    /** Credits: what the least and the most buy. */
    @JsonNaming(SnakeCaseStrategy.class)
    record CustomBody(
            String currency,
            long minimumMinor,
            long maximumMinor,
            long stepMinor,
            String creditsForMinimum,
            String creditsForMaximum) {
        static CustomBody of(CustomAmount custom) {
            CustomAmount.Bounds bounds = custom.bounds();
            return new CustomBody(
                    bounds.currency(),
                    bounds.minimumMinor(),
                    bounds.maximumMinor(),
                    bounds.stepMinor(),
                    custom.curve().creditsFor(bounds.minimumMinor()).toDecimal(),
                    custom.curve().creditsFor(bounds.maximumMinor()).toDecimal());
        }
    }

    static CatalogBody of(Catalog catalog) {
        CustomAmount custom = catalog.customIn(null);
        return new CatalogBody(
                catalog.packs().stream().map(PackBody::of).toList(), custom == null ? null : CustomBody.of(custom));
    }
}
