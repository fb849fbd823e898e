package io.tollgate.metering.usage;

import io.tollgate.metering.credit.Credits;
import java.util.List;

/** The part of an event that one lot bore: what it paid of a charge, what a grant put into it, or what of it expired. */
public record LotShare(long grant, Credits amount) {

    /**
     * The sum of their amounts.
     *
     * @throws ArithmeticException if it is no long
     */
    static long sum(List<LotShare> shares) {
        long sum = 0;
        for (LotShare share : shares) {
            sum = Math.addExact(sum, share.amount().micros());
        }
        return sum;
    }

    /** What one grant's lot bore, in micro-credits; zero if it is not among them. */
    static long of(long grant, List<LotShare> shares) {
        for (LotShare share : shares) {
            if (share.grant() == grant) {
                return share.amount().micros();
            }
        }
        return 0;
    }
}
