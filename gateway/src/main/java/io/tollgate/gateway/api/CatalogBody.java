package io.tollgate.gateway.api;

import io.tollgate.billing.catalog.Catalog;
import io.tollgate.billing.catalog.CustomAmount;
import io.tollgate.billing.catalog.Pack;
import io.tollgate.billing.catalog.Plan;
import io.tollgate.billing.catalog.PlanPrice;
import io.tollgate.billing.catalog.Price;
import io.tollgate.billing.catalog.PriceCurve;
import io.tollgate.billing.catalog.Trial;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The catalog as JSON.
 *
 * @param customAmount in the usual currency; null if only packs and plans are for sale
 * @param customAmounts in all currencies
 */
@JsonNaming(SnakeCaseStrategy.class)
record CatalogBody(
        List<PackBody> packs, @Nullable CustomBody customAmount, List<CustomBody> customAmounts, List<PlanBody> plans) {

    /** What something costs, for each interval of a plan. */
    @JsonNaming(SnakeCaseStrategy.class)
    record PriceBody(@Nullable String interval, long amountMinor, String currency) {
        static PriceBody of(Price price) {
            return new PriceBody(null, price.money().minor(), price.currency());
        }

        static PriceBody of(PlanPrice price) {
            return new PriceBody(price.interval().word(), price.money().minor(), price.currency());
        }
    }

    /** Amount and currency: the usual one of the prices. */
    @JsonNaming(SnakeCaseStrategy.class)
    record PackBody(
            String id,
            String name,
            String credits,
            long creditsMicros,
            long amountMinor,
            String currency,
            List<PriceBody> prices) {
        static PackBody of(Pack pack) {
            return new PackBody(
                    pack.id(),
                    pack.name(),
                    pack.credits().toDecimal(),
                    pack.credits().micros(),
                    pack.price().minor(),
                    pack.price().currency(),
                    pack.prices().stream().map(PriceBody::of).toList());
        }
    }

    /** What an amount buys. */
    @JsonNaming(SnakeCaseStrategy.class)
    record ExampleBody(long amountMinor, String credits) {}

    /** Credits: what the least and the most buy, and amounts around which the price changes. */
    @JsonNaming(SnakeCaseStrategy.class)
    record CustomBody(
            String currency,
            long minimumMinor,
            long maximumMinor,
            long stepMinor,
            String creditsForMinimum,
            String creditsForMaximum,
            List<ExampleBody> examples) {

        private static final int EXAMPLES_MAX = 12;

        static CustomBody of(CustomAmount custom) {
            CustomAmount.Bounds bounds = custom.bounds();
            return new CustomBody(
                    bounds.currency(),
                    bounds.minimumMinor(),
                    bounds.maximumMinor(),
                    bounds.stepMinor(),
                    custom.curve().creditsFor(bounds.minimumMinor()).toDecimal(),
                    custom.curve().creditsFor(bounds.maximumMinor()).toDecimal(),
                    examples(custom));
        }

        private static List<ExampleBody> examples(CustomAmount custom) {
            CustomAmount.Bounds bounds = custom.bounds();
            long most = bounds.maximumMinor() - (bounds.maximumMinor() - bounds.minimumMinor()) % bounds.stepMinor();
            LongStream tiers = custom.curve().tiers().stream()
                    .mapToLong(PriceCurve.Tier::fromMinor)
                    .map(from -> allowedFrom(from, bounds))
                    .filter(bounds::allow);
            return LongStream.concat(tiers, LongStream.of(bounds.minimumMinor(), most))
                    .distinct()
                    .sorted()
                    .limit(EXAMPLES_MAX)
                    .mapToObj(minor -> new ExampleBody(
                            minor, custom.curve().creditsFor(minor).toDecimal()))
                    .toList();
        }

        private static long allowedFrom(long minor, CustomAmount.Bounds bounds) {
            long above = Math.max(0, minor - bounds.minimumMinor());
            return bounds.minimumMinor() + Math.ceilDiv(above, bounds.stepMinor()) * bounds.stepMinor();
        }
    }

    /** Days before it is paid, and the credit for them. */
    @JsonNaming(SnakeCaseStrategy.class)
    record TrialBody(int days, String allowance) {
        static @Nullable TrialBody of(@Nullable Trial trial) {
            return trial == null
                    ? null
                    : new TrialBody(trial.days(), trial.allowance().toDecimal());
        }
    }

    /**
     * A plan.
     *
     * @param allowance credits a month, on yearly prices too
     * @param prices none for a free plan
     * @param rollover none, all, or the most credits that live on
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record PlanBody(
            String id,
            String name,
            String allowance,
            long allowanceMicros,
            boolean free,
            List<PriceBody> prices,
            @Nullable TrialBody trial,
            String rollover) {
        static PlanBody of(Plan plan) {
            return new PlanBody(
                    plan.id(),
                    plan.name(),
                    plan.allowance().toDecimal(),
                    plan.allowance().micros(),
                    plan.isFree(),
                    plan.prices().stream().map(PriceBody::of).toList(),
                    TrialBody.of(plan.trial()),
                    plan.rollover().word());
        }
    }

    static CatalogBody of(Catalog catalog) {
        List<CustomBody> custom = catalog.custom().stream().map(CustomBody::of).toList();
        return new CatalogBody(
                catalog.packs().stream().map(PackBody::of).toList(),
                custom.isEmpty() ? null : custom.getFirst(),
                custom,
                catalog.plans().stream().map(PlanBody::of).toList());
    }
}
