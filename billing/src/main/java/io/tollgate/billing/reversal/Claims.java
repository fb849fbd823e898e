package io.tollgate.billing.reversal;

import io.tollgate.metering.credit.Credits;
import java.math.BigInteger;
import java.util.List;

/**
 * All that is out of a payment at one time. What it comes to is a function of this set alone, not of the order in which it came
 * about: so every split of a refund takes the same credit in all, and whatever ends as it began has taken nothing.
 *
 * @param paidMinor all that was charged, taxes included
 * @param granted what it bought
 */
public record Claims(long paidMinor, Credits granted, List<Claim> claims) {

    public Claims {
        claims = List.copyOf(claims);
    }

    /**
     * The credit that belongs to what is out: granted × out ÷ paid, rounded down, over all claims together, and everything once all
     * the money is out. Where more is out than was paid, for a payment may be refunded and disputed, nothing is claimed twice.
     */
    public Credits credits() {
        if (outMinor() >= paidMinor) {
            return claims.isEmpty() ? Credits.ZERO : granted;
        }
        long inProportion = 0;
        long exactly = 0;
        for (Claim claim : claims) {
            Credits fixed = claim.exactly();
            if (fixed == null) {
                inProportion += claim.amountMinor();
            } else {
                exactly += fixed.micros();
            }
        }
        return Credits.ofMicros(Math.min(granted.micros(), exactly + share(granted.micros(), inProportion, paidMinor)));
    }

    /** What may still be asked back. */
    public long leftMinor() {
        return Math.max(0, paidMinor - outMinor());
    }

    private long outMinor() {
        return claims.stream().mapToLong(Claim::amountMinor).sum();
    }

    /** whole × part ÷ all, rounded down. */
    public static long share(long whole, long part, long all) {
        return BigInteger.valueOf(whole)
                .multiply(BigInteger.valueOf(part))
                .divide(BigInteger.valueOf(all))
                .longValueExact();
    }
}
