package io.tollgate.billing.reconciliation;

import java.time.Duration;

/**
 * Bounds of the reconciler.
 *
 * @param firstCheck how long an order is left to the webhook and the success page; each pause is twice the one before
 * @param longestPause at most this long
 * @param batch how many orders are taken at once
 * @param concurrency how many questions to Stripe are open at the same time
 */
public record ReconcilerSettings(Duration firstCheck, Duration longestPause, int batch, int concurrency) {

    public ReconcilerSettings {
        if (batch < 1 || concurrency < 1) {
            throw new IllegalArgumentException("the reconciler needs bounds of at least 1");
        }
        if (longestPause.compareTo(firstCheck) < 0) {
            throw new IllegalArgumentException("the reconciler's longest pause is shorter than its first");
        }
    }
}
