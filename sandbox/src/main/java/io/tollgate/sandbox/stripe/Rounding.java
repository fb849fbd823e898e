package io.tollgate.sandbox.stripe;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Shares of amounts in minor units, rounded half up as Stripe rounds them. */
final class Rounding {
    private Rounding() {}

    static long percent(long amount, BigDecimal percent) {
        return percent.multiply(BigDecimal.valueOf(amount))
                .movePointLeft(2)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    /** The part of an amount that falls to a part of a whole; nothing of an empty whole. */
    static long share(long amount, long part, long whole) {
        return whole == 0
                ? 0
                : BigDecimal.valueOf(amount)
                        .multiply(BigDecimal.valueOf(part))
                        .divide(BigDecimal.valueOf(whole), 0, RoundingMode.HALF_UP)
                        .longValueExact();
    }
}
