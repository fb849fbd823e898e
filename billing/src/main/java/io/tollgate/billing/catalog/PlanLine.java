package io.tollgate.billing.catalog;

import io.tollgate.metering.credit.Credits;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A plan as it is written, and as its terms are kept for those who have it.
 *
 * @param allowance credits a month
 * @param rollover {@code none} if left out, {@code all}, or the most credits that live on
 * @param grace such as {@code 1d}
 * @param moneyBack such as {@code 7d}
 */
@JsonNaming(SnakeCaseStrategy.class)
public record PlanLine(
        @Nullable String id,
        @Nullable String name,
        @Nullable String allowance,
        @Nullable List<PriceLine> prices,
        @Nullable TrialLine trial,
        @Nullable String rollover,
        @Nullable String grace,
        @Nullable String moneyBack) {

    /** A trial as it is written; without an allowance there is nothing but the days. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record TrialLine(
            @Nullable Integer days, @Nullable String allowance) {

        Trial trial() {
            return new Trial(
                    Written.present(days, "days"), allowance == null ? Credits.ZERO : Credits.parse(allowance));
        }
    }

    public static PlanLine of(Plan plan) {
        Trial trial = plan.trial();
        return new PlanLine(
                plan.id(),
                plan.name(),
                plan.allowance().toDecimal(),
                plan.prices().stream()
                        .map(price -> PriceLine.of(price.interval(), price.price()))
                        .toList(),
                trial == null
                        ? null
                        : new TrialLine(trial.days(), trial.allowance().toDecimal()),
                plan.rollover().word(),
                Written.text(plan.grace()),
                Written.text(plan.moneyBack()));
    }

    /**
     * The plan this line describes.
     *
     * @throws IllegalArgumentException saying what makes no sense
     */
    public Plan plan() {
        return new Plan(
                Written.present(id, "id"),
                Written.present(name, "name"),
                Credits.parse(Written.present(allowance, "allowance (credits a month)")),
                PriceLine.recurring(Written.list(prices)),
                trial == null ? null : Written.at("trial", trial::trial),
                rollover == null ? new Rollover.None() : Rollover.of(rollover),
                Written.duration("grace", grace),
                Written.duration("money-back", moneyBack));
    }
}
