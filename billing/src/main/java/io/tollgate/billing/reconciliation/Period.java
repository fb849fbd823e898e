package io.tollgate.billing.reconciliation;

import java.time.Duration;
import java.time.Instant;

/** A stretch of Stripe's time, {@code until} no longer belonging to it. */
public record Period(Instant from, Instant until) {

    public Period {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("a period ends after it begins, unlike " + from + " to " + until);
        }
    }

    public Duration length() {
        return Duration.between(from, until);
    }
}
