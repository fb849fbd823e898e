package io.tollgate.metering.credit;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** A non-negative amount of credit, exact to the micro-credit; a million micro-credits are one credit. */
public record Credits(long micros) implements Comparable<Credits> {

    /** Redis scripts count in doubles: beyond 2^53 - 1 they would silently round. */
    public static final long MICROS_MAX = (1L << 53) - 1;

    public static final long MICROS_PER_CREDIT = 1_000_000;

    public static final Credits ZERO = new Credits(0);
    public static final Credits MAX = new Credits(MICROS_MAX);

    public Credits {
        if (micros < 0 || micros > MICROS_MAX) {
            throw new IllegalArgumentException("micros out of range [0, 2^53 - 1]: " + micros);
        }
    }

    public static Credits ofMicros(long micros) {
        return new Credits(micros);
    }

    /** Whole credits. */
    public static Credits of(long credits) {
        return new Credits(Math.multiplyExact(credits, MICROS_PER_CREDIT));
    }

    /**
     * Reads a decimal number of credits such as {@code 0.10}.
     *
     * @throws IllegalArgumentException if it has more than six decimals, is negative or beyond the bound
     */
    public static Credits parse(String decimal) {
        try {
            return new Credits(new BigDecimal(decimal)
                    .movePointRight(6)
                    .setScale(0, RoundingMode.UNNECESSARY)
                    .longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "not a number of credits with at most six decimals in [0, 9007199254.740991]: " + decimal, e);
        }
    }

    /**
     * The sum.
     *
     * @throws IllegalArgumentException if it is beyond {@link #MAX}
     */
    public Credits plus(Credits other) {
        return new Credits(micros + other.micros);
    }

    /**
     * The difference.
     *
     * @throws IllegalArgumentException if {@code other} is the greater
     */
    public Credits minus(Credits other) {
        return new Credits(micros - other.micros);
    }

    public Credits min(Credits other) {
        return micros <= other.micros ? this : other;
    }

    public boolean isZero() {
        return micros == 0;
    }

    public boolean exceeds(Credits other) {
        return micros > other.micros;
    }

    @Override
    public int compareTo(Credits other) {
        return Long.compare(micros, other.micros);
    }

    /** The number of credits as a plain decimal without trailing zeros, for people and JSON: {@code 0.1}. */
    public String toDecimal() {
        return decimal(micros);
    }

    /** As {@link #toDecimal()} for a signed number of micro-credits, since a posted balance may be in debt. */
    public static String decimal(long signedMicros) {
        return BigDecimal.valueOf(signedMicros, 6).stripTrailingZeros().toPlainString();
    }

    @Override
    public String toString() {
        return toDecimal();
    }
}
