package io.tollgate.billing.history;

import java.time.Duration;

/**
 * Bounds of the history.
 *
 * @param linksLive how long links are taken for good before Stripe is asked again
 * @param patience how long a reader waits for Stripe; then it gets what is known
 * @param fetchesMax how many payments of one page Stripe is asked about
 * @param concurrency of those at the same time
 */
public record HistorySettings(Duration linksLive, Duration patience, int fetchesMax, int concurrency) {

    public HistorySettings {
        if (fetchesMax < 0 || concurrency < 1) {
            throw new IllegalArgumentException(
                    "the history needs a concurrency of at least 1 and fetches of at least 0");
        }
    }
}
