package io.tollgate.billing.catalog;

import io.tollgate.metering.ledger.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A price as it is written.
 *
 * @param interval {@code month} or {@code year}, of a plan's only
 * @param amount in the currency's minor unit
 * @param stripePrice the id of the same price at Stripe, if it has one
 */
@JsonNaming(SnakeCaseStrategy.class)
public record PriceLine(
        @Nullable String interval,
        @Nullable Long amount,
        @Nullable String currency,
        @Nullable String stripePrice) {

    static PriceLine of(@Nullable Interval interval, Price price) {
        return new PriceLine(
                interval == null ? null : interval.word(), price.money().minor(), price.currency(), price.stripeId());
    }

    Price price() {
        return new Price(
                new Money(Written.present(amount, "amount"), Written.present(currency, "currency")),
                stripePrice == null || stripePrice.isBlank() ? null : stripePrice);
    }

    static List<Price> once(List<PriceLine> lines) {
        return Written.each("prices", lines, line -> {
            if (line.interval() != null) {
                throw new IllegalArgumentException("a pack is paid once: leave out interval");
            }
            return line.price();
        });
    }

    static List<PlanPrice> recurring(List<PriceLine> lines) {
        return Written.each(
                "prices",
                lines,
                line -> new PlanPrice(
                        Interval.of(Written.present(line.interval(), "interval (month or year)")), line.price()));
    }
}
