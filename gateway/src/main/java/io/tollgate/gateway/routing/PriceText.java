package io.tollgate.gateway.routing;

import io.tollgate.metering.credit.Credits;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Reads prices as people write them, in credits per million tokens, and refuses those of another magnitude: a price that was typed per
 * token would sell a model for nothing, one that was multiplied once too often would refuse every call.
 */
final class PriceText {

    /** Less than that, but not nothing, is meant per token: providers ask 0.01 to 600 of any currency for a million. */
    private static final BigDecimal MIN = new BigDecimal("0.001");

    /** A credit per token. */
    private static final BigDecimal MAX = new BigDecimal("1000000");

    private PriceText() {}

    /**
     * Micro-credits per million tokens.
     *
     * @throws IllegalArgumentException if the price cannot be meant
     */
    static long perMillion(String model, String tokens, String decimal) {
        BigDecimal price = number(model, tokens, decimal);
        if (price.signum() < 0 || price.compareTo(MAX) > 0) {
            throw refused(model, tokens, decimal, "it must lie between 0 and 1000000");
        }
        if (price.signum() > 0 && price.compareTo(MIN) < 0) {
            throw refused(
                    model,
                    tokens,
                    decimal,
                    "less than 0.001 looks like a price per token; per million that is "
                            + price.movePointRight(6).stripTrailingZeros().toPlainString());
        }
        if (price.stripTrailingZeros().scale() > 6) {
            throw refused(model, tokens, decimal, "it may have at most six decimals");
        }
        return Credits.parse(decimal).micros();
    }

    static long perMillionOr(long otherwise, String model, String tokens, @Nullable String decimal) {
        return decimal == null ? otherwise : perMillion(model, tokens, decimal);
    }

    private static BigDecimal number(String model, String tokens, String decimal) {
        try {
            return new BigDecimal(decimal);
        } catch (NumberFormatException _) {
            throw refused(model, tokens, decimal, "it is no number");
        }
    }

    private static IllegalArgumentException refused(String model, String tokens, String decimal, String why) {
        return new IllegalArgumentException("price of " + model + " for " + tokens
                + " tokens: prices are credits per million tokens, but " + decimal + " is given: " + why);
    }
}
