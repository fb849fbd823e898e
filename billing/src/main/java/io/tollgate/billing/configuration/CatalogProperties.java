package io.tollgate.billing.configuration;

import io.tollgate.billing.catalog.Catalog;
import io.tollgate.billing.catalog.CustomAmount;
import io.tollgate.billing.catalog.CustomLine;
import io.tollgate.billing.catalog.Pack;
import io.tollgate.billing.catalog.PackLine;
import io.tollgate.billing.catalog.Plan;
import io.tollgate.billing.catalog.PlanLine;
import io.tollgate.billing.catalog.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is for sale, as it is written in YAML; amounts in the currency's minor unit, credits as decimals.
 *
 * <pre>
 * packs:
 *   - { id: small, name: Small, credits: 10, amount: 1000, currency: usd }
 *   - { id: large, name: Large, credits: 120, prices: [{ amount: 10000, currency: usd, stripe-price: price_1 }, …] }
 * custom:
 *   { currency: usd, minimum: 500, maximum: 50000, step: 100, credits-per-minor-unit: 0.01 }
 * plans:
 *   - id: pro
 *     name: Pro
 *     allowance: 250
 *     prices:
 *       - { interval: month, amount: 500, currency: usd }
 *       - { interval: year, amount: 5000, currency: usd, stripe-price: price_2 }
 *     trial: { days: 14, allowance: 50 }
 *     rollover: 100
 *     grace: 1d
 *     money-back: 7d
 * </pre>
 *
 * In place of {@code credits-per-minor-unit}, {@code curve} takes a list of {@code { from: 0, credits-per-minor-unit: 0.01 }}:
 * each line prices what lies above its start. A plan without prices is free.
 *
 * @param customAmounts the same as {@code custom}, for further currencies
 * @param refreshInterval how often a gateway looks for what operators have changed
 */
@ConfigurationProperties(CatalogProperties.PREFIX)
record CatalogProperties(
        @DefaultValue List<PackLine> packs,
        @Nullable CustomLine custom,
        @DefaultValue List<CustomLine> customAmounts,
        @DefaultValue List<PlanLine> plans,
        @DefaultValue("1s") Duration refreshInterval) {

    static final String PREFIX = "tollgate.billing.catalog";

    /**
     * The catalog these lines describe.
     *
     * @throws IllegalArgumentException naming the line that makes no sense, and why
     */
    Catalog catalog() {
        List<Pack> allPacks = Written.each(PREFIX + ".packs", packs, PackLine::pack);
        List<CustomAmount> allCustom = allCustom();
        List<Plan> allPlans = Written.each(PREFIX + ".plans", plans, PlanLine::plan);
        return Written.at(PREFIX, () -> new Catalog(allPacks, allCustom, allPlans));
    }

    private List<CustomAmount> allCustom() {
        List<CustomAmount> all = new ArrayList<>();
        if (custom != null) {
            all.add(Written.at(PREFIX + ".custom", custom::custom));
        }
        all.addAll(Written.each(PREFIX + ".custom-amounts", customAmounts, CustomLine::custom));
        return all;
    }
}
