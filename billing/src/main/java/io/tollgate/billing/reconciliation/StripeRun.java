package io.tollgate.billing.reconciliation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run that compares the book with Stripe, one kind of object after the other.
 *
 * @param step the comparison it is at; empty at the start
 * @param place where in that, null for its beginning
 * @param skipped comparisons that failed whatever was tried
 * @param failures in a row, at this place
 * @param resumed how often another gateway took it over
 * @param finishedAt null while it runs
 */
public record StripeRun(
        long id,
        Cause cause,
        Period period,
        State state,
        String step,
        @Nullable String place,
        long looked,
        long found,
        List<String> skipped,
        int failures,
        @Nullable String lastFailure,
        int resumed,
        Instant startedAt,
        @Nullable Instant finishedAt) {

    public StripeRun {
        skipped = List.copyOf(skipped);
    }

    /** Why it was begun. */
    public enum Cause {
        OPERATOR,
        NIGHTLY
    }

    /** Whether it is through. */
    public enum State {
        RUNNING,
        FINISHED,
        /** Stripe was away for too long, or there is no key to ask it with. */
        ABANDONED
    }
}
