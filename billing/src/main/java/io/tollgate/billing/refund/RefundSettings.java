package io.tollgate.billing.refund;

import java.time.Duration;

/**
 * Bounds of asking again.
 *
 * @param firstCheck how long a request may go unanswered before Stripe is asked again; each pause is twice the one before
 * @param longestPause at most this long
 * @param batch how many requests are taken at once
 * @param concurrency how many are asked about side by side
 */
public record RefundSettings(Duration firstCheck, Duration longestPause, int batch, int concurrency) {

    public RefundSettings {
        if (batch < 1 || concurrency < 1) {
            throw new IllegalArgumentException("asking again for refunds needs bounds of at least 1");
        }
        if (longestPause.compareTo(firstCheck) < 0) {
            throw new IllegalArgumentException("the longest pause between two questions is shorter than the first");
        }
    }
}
