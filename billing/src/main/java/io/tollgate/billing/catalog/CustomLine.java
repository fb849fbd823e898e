package io.tollgate.billing.catalog;

import io.tollgate.metering.credit.Credits;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Amounts of the buyer's choice as they are written.
 *
 * @param step 1 if left out
 * @param creditsPerMinorUnit one price for all amounts; else {@code curve}
 */
@JsonNaming(SnakeCaseStrategy.class)
public record CustomLine(
        @Nullable String currency,
        @Nullable Long minimum,
        @Nullable Long maximum,
        @Nullable Long step,
        @Nullable String creditsPerMinorUnit,
        @Nullable List<TierLine> curve) {

    /** Prices what lies above {@code from}. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record TierLine(@Nullable Long from, @Nullable String creditsPerMinorUnit) {

        PriceCurve.Tier tier() {
            return new PriceCurve.Tier(Written.present(from, "from"), micros(creditsPerMinorUnit));
        }
    }

    public static CustomLine of(CustomAmount custom) {
        CustomAmount.Bounds bounds = custom.bounds();
        return new CustomLine(
                bounds.currency(),
                bounds.minimumMinor(),
                bounds.maximumMinor(),
                bounds.stepMinor(),
                null,
                custom.curve().tiers().stream().map(CustomLine::line).toList());
    }

    /**
     * The amounts this line describes.
     *
     * @throws IllegalArgumentException saying what makes no sense
     */
    public CustomAmount custom() {
        CustomAmount.Bounds bounds = new CustomAmount.Bounds(
                Written.present(currency, "currency"),
                Written.present(minimum, "minimum"),
                Written.present(maximum, "maximum"),
                step == null ? 1 : step);
        return new CustomAmount(bounds, curveOfLines());
    }

    private PriceCurve curveOfLines() {
        List<TierLine> tiers = Written.list(curve);
        if (tiers.isEmpty()) {
            return PriceCurve.flat(micros(creditsPerMinorUnit));
        }
        if (creditsPerMinorUnit != null) {
            throw new IllegalArgumentException("either credits-per-minor-unit or curve, not both");
        }
        return new PriceCurve(Written.each("curve", tiers, TierLine::tier));
    }

    private static long micros(@Nullable String creditsPerMinorUnit) {
        return Credits.parse(Written.present(creditsPerMinorUnit, "credits-per-minor-unit"))
                .micros();
    }

    private static TierLine line(PriceCurve.Tier tier) {
        return new TierLine(tier.fromMinor(), Credits.decimal(tier.microsPerMinor()));
    }
}
