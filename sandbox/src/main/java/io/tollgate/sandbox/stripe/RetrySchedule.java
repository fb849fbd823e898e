package io.tollgate.sandbox.stripe;

import java.time.Duration;
import java.util.Optional;

/** When to try a webhook again: Stripe's three days, shrunk to a few minutes so that a restart is survived. */
final class RetrySchedule {
    static final int ATTEMPTS_MAX = 40;
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private RetrySchedule() {}

    /** The pause after a failed attempt, counted from 1; empty when it was the last. */
    static Optional<Duration> after(int attempt) {
        if (attempt >= ATTEMPTS_MAX) {
            return Optional.empty();
        }
        Duration doubled = FIRST.multipliedBy(1L << Math.min(attempt - 1, 16));
        return Optional.of(doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled);
    }
}
