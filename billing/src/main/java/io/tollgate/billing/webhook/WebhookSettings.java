package io.tollgate.billing.webhook;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * Bounds of the inbox.
 *
 * @param tolerance how old a signature may be, and how far in the future
 * @param bodyMaxBytes larger bodies are not looked at
 * @param lease how long a gateway that took an event keeps the others from it; longer than handling one takes
 * @param firstRetry how long after its first failure an event is tried again; twice as long after each further one
 * @param longestRetry at most this long
 * @param attemptsMax how often an event is tried before it is left to an operator
 * @param batch how many events are taken at once
 * @param concurrency how many of them are handled at the same time
 */
public record WebhookSettings(
        Duration tolerance,
        int bodyMaxBytes,
        Duration lease,
        Duration firstRetry,
        Duration longestRetry,
        int attemptsMax,
        int batch,
        int concurrency) {

    public WebhookSettings {
        if (bodyMaxBytes < 1 || attemptsMax < 1 || batch < 1 || concurrency < 1) {
            throw new IllegalArgumentException("the webhook inbox needs bounds of at least 1");
        }
        if (Stream.of(tolerance, lease, firstRetry, longestRetry).anyMatch(bound -> bound.toMillis() < 1)) {
            throw new IllegalArgumentException(
                    "the webhook inbox needs a tolerance, a lease and waits before a retry that are longer than nothing");
        }
    }

    /** How long handling one event may take: it is over before another gateway takes the event. */
    Duration patience() {
        return lease.multipliedBy(9).dividedBy(10);
    }

    Duration retryAfter(int attempts) {
        Duration delay = firstRetry.multipliedBy(1L << Math.min(attempts - 1, 20));
        return delay.compareTo(longestRetry) < 0 ? delay : longestRetry;
    }
}
