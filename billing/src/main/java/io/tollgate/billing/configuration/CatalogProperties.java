package io.tollgate.billing.configuration;

import io.tollgate.billing.catalog.Catalog;
import io.tollgate.billing.catalog.CustomAmount;
import io.tollgate.billing.catalog.Pack;
import io.tollgate.billing.catalog.PriceCurve;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is for sale, as it is written in YAML; amounts in the currency's minor unit, credits as decimals.
 *
 * <pre>
 * packs:
 *   - { id: small, name: Small, credits: 10, amount: 1000, currency: usd }
 * custom:
 *   { currency: usd, minimum: 500, maximum: 50000, step: 100, credits-per-minor-unit: 0.01 }
 * </pre>
 *
 * In place of {@code credits-per-minor-unit}, {@code curve} takes a list of {@code { from: 0, credits-per-minor-unit: 0.01 }}:
 * each line prices what lies above its start.
 */
@ConfigurationProperties(CatalogProperties.PREFIX)
record CatalogProperties(
        @DefaultValue List<PackLine> packs, @Nullable CustomLine custom) {

    static final String PREFIX = "tollgate.billing.catalog";

    record PackLine(
            @Nullable String id,
            @Nullable String name,
            @Nullable String credits,
            @Nullable Long amount,
            @Nullable String currency) {}

    record CustomLine(
            @Nullable String currency,
            @Nullable Long minimum,
            @Nullable Long maximum,
            @DefaultValue("1") long step,
            @Nullable String creditsPerMinorUnit,
            @DefaultValue List<TierLine> curve) {}

    record TierLine(@Nullable Long from, @Nullable String creditsPerMinorUnit) {}

    /**
     * The catalog these lines describe.
     *
     * @throws IllegalArgumentException naming the line that makes no sense, and why
     */
    Catalog catalog() {
        List<Pack> all = new ArrayList<>();
        for (int i = 0; i < packs.size(); i++) {
            PackLine line = packs.get(i);
            all.add(at("packs[" + i + "]", () -> pack(line)));
        }
        CustomAmount amount = custom == null ? null : at("custom", () -> custom(custom));
        return at("packs", () -> new Catalog(all, amount));
    }

    private static Pack pack(PackLine line) {
        return new Pack(
                present(line.id(), "id"),
                present(line.name(), "name"),
                Credits.parse(present(line.credits(), "credits")),
                new Money(present(line.amount(), "amount"), present(line.currency(), "currency")));
    }

    private static CustomAmount custom(CustomLine line) {
        CustomAmount.Bounds bounds = new CustomAmount.Bounds(
                present(line.currency(), "currency"),
                present(line.minimum(), "minimum"),
                present(line.maximum(), "maximum"),
                line.step());
        return new CustomAmount(bounds, curve(line));
    }

    private static PriceCurve curve(CustomLine line) {
        if (line.curve().isEmpty()) {
            return PriceCurve.flat(micros(line.creditsPerMinorUnit()));
        }
        if (line.creditsPerMinorUnit() != null) {
            throw new IllegalArgumentException("either credits-per-minor-unit or curve, not both");
        }
        return new PriceCurve(line.curve().stream()
                .map(tier ->
                        new PriceCurve.Tier(present(tier.from(), "curve.from"), micros(tier.creditsPerMinorUnit())))
                .toList());
    }

    private static long micros(@Nullable String creditsPerMinorUnit) {
        return Credits.parse(present(creditsPerMinorUnit, "credits-per-minor-unit"))
                .micros();
    }

    private static <T> T present(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    private static <T> T at(String line, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(PREFIX + "." + line + ": " + e.getMessage(), e);
        }
    }
}
