package io.tollgate.loadtest.call;

import java.math.BigDecimal;

/** Credits travel as decimal text and are compared as whole micro-credits: nothing is ever rounded. */
public final class Micros {
    private static final int DIGITS = 6;

    private Micros() {}

    /** Throws rather than rounds: {@link ArithmeticException} at more than six decimals. */
    public static long of(String credits) {
        return new BigDecimal(credits.strip()).movePointRight(DIGITS).longValueExact();
    }

    public static String text(long micros) {
        return BigDecimal.valueOf(micros, DIGITS).toPlainString();
    }
}
