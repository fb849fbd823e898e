package io.tollgate.sandbox.stripe;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a failed automatic payment is tried again: each wait is counted from the attempt before, and {@code end} says
 * what becomes of the subscription when the last attempt failed too.
 */
public record Dunning(List<Duration> waits, DunningEnd end) {
    private static final int WAITS_MAX = 20;

    /** Much as Stripe's own schedule: three, five and seven days apart, then the subscription ends. */
    public static final Dunning DEFAULT =
            new Dunning(List.of(Duration.ofDays(3), Duration.ofDays(5), Duration.ofDays(7)), DunningEnd.CANCEL);

    public Dunning {
        waits = List.copyOf(waits);
        if (waits.size() > WAITS_MAX || waits.stream().anyMatch(wait -> wait.toSeconds() < 1)) {
            throw new IllegalArgumentException("at most " + WAITS_MAX + " waits of a second or more: " + waits);
        }
    }

    /** The wait after the given number of attempts; empty when that was the last. */
    Optional<Duration> after(long attempts) {
        return attempts > waits.size() ? Optional.empty() : Optional.of(waits.get((int) attempts - 1));
    }
}
