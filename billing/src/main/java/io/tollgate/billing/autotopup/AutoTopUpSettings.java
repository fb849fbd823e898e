package io.tollgate.billing.autotopup;

import java.net.URI;
import java.time.Duration;

/**
 * Bounds of automatic top-ups.
 *
 * @param coolDown between the beginnings of two attempts of an account
 * @param firstBackOff after a decline; each further one doubles it
 * @param longestBackOff at most this long
 * @param failuresMax of one card in a row; then it is switched off
 * @param confirmWithin how long a cardholder has to confirm; also how long an attempt may be open at all
 * @param giveUpAfter when an attempt that Stripe does not know is given up
 * @param recheck how long an account that may not be charged now is left alone
 * @param firstCheck how long an open attempt is left alone before Stripe is asked about it; each pause is twice the one before
 * @param longestCheck at most this long
 * @param batch accounts, and attempts, looked at in one turn
 * @param concurrency of those at the same time
 * @param back where Stripe sends people back to
 */
public record AutoTopUpSettings(
        Duration coolDown,
        Duration firstBackOff,
        Duration longestBackOff,
        int failuresMax,
        Duration confirmWithin,
        Duration giveUpAfter,
        Duration recheck,
        Duration firstCheck,
        Duration longestCheck,
        int batch,
        int concurrency,
        URI back) {

    private static final int DOUBLINGS_MAX = 20;

    public AutoTopUpSettings {
        if (failuresMax < 1 || batch < 1 || concurrency < 1) {
            throw new IllegalArgumentException("automatic top-ups need bounds of at least 1");
        }
        if (longestBackOff.compareTo(firstBackOff) < 0 || longestCheck.compareTo(firstCheck) < 0) {
            throw new IllegalArgumentException("the longest pause of automatic top-ups is shorter than the first");
        }
        if (giveUpAfter.compareTo(firstCheck) < 0) {
            throw new IllegalArgumentException("an automatic top-up would be given up before it is looked at");
        }
    }

    /** How long a card is left alone after so many failures in a row. */
    public Duration backOff(int failures) {
        Duration grown = firstBackOff.multipliedBy(1L << Math.clamp(failures - 1, 0, DOUBLINGS_MAX));
        return grown.compareTo(longestBackOff) > 0 ? longestBackOff : grown;
    }
}
