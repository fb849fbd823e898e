package io.tollgate.billing.notice;

import java.time.Duration;

/**
 * Bounds of one channel.
 *
 * @param concurrency how many deliveries a gateway tries at the same time
 * @param lease how long a gateway that took a delivery keeps the others from it; longer than a try takes
 * @param firstRetry how long after its first failure a delivery is tried again; twice as long after each further one
 * @param longestRetry at most this long
 * @param attemptsMax how often a delivery is tried before it is left to an operator
 */
public record DeliverySettings(
        int concurrency, Duration lease, Duration firstRetry, Duration longestRetry, int attemptsMax) {

    private static final int DOUBLINGS_MAX = 20;

    public DeliverySettings {
        if (concurrency < 1 || attemptsMax < 1) {
            throw new IllegalArgumentException("the delivery of notices needs bounds of at least 1");
        }
    }

    /** How long one try may take: it is over before another gateway takes the delivery. */
    public Duration patience() {
        return lease.multipliedBy(9).dividedBy(10);
    }

    Duration retryAfter(int attempts) {
        Duration delay = firstRetry.multipliedBy(1L << Math.min(attempts - 1, DOUBLINGS_MAX));
        return delay.compareTo(longestRetry) < 0 ? delay : longestRetry;
    }
}
