package io.tollgate.metering.ledger;

import io.tollgate.metering.credit.Credits;
import java.math.BigInteger;

/**
 * What was paid for a lot of so many credits. As the lot burns, its share of the price is earned: what is left of it is always the
 * price × remaining ÷ bought, rounded down. So the parts do not depend on the steps the lot burns in, and the last one takes
 * the rest.
 */
public record Basis(Money paid, Credits bought) {

    public Basis {
        if (bought.isZero()) {
            throw new IllegalArgumentException("a basis of zero credits");
        }
    }

    /** The price of what remains, in minor units: what a refund of it gives back. */
    public long leftMinor(Credits remaining) {
        if (remaining.exceeds(bought)) {
            throw new IllegalArgumentException("more remains than was bought: " + remaining + " of " + bought);
        }
        long high = Math.multiplyHigh(paid.minor(), remaining.micros());
        long low = paid.minor() * remaining.micros();
        return high == 0 && low >= 0 ? low / bought.micros() : leftExactly(remaining);
    }

    /** The price of what burned between two fillings of the lot. */
    public long earnedMinor(Credits before, Credits after) {
        return leftMinor(before) - leftMinor(after);
    }

    private long leftExactly(Credits remaining) {
        return BigInteger.valueOf(paid.minor())
                .multiply(BigInteger.valueOf(remaining.micros()))
                .divide(BigInteger.valueOf(bought.micros()))
                .longValueExact();
    }
}
