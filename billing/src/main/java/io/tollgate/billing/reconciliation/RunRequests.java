package io.tollgate.billing.reconciliation;

import io.tollgate.billing.reconciliation.StripeRuns.StartResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** An operator's request for a run, with what the request leaves open. */
public final class RunRequests {

    /**
     * The periods that a run may have.
     *
     * @param usual how far back one looks that was not told
     * @param most the longest
     */
    public record Bounds(Duration usual, Duration most) {
        public Bounds {
            if (!usual.isPositive() || usual.compareTo(most) > 0) {
                throw new IllegalArgumentException("the usual period is longer than nothing and at most the longest");
            }
        }
    }

    private final StripeRuns runs;
    private final Bounds bounds;
    private final InstantSource clock;

    public RunRequests(StripeRuns runs, Bounds bounds, InstantSource clock) {
        this.runs = runs;
        this.bounds = bounds;
        this.clock = clock;
    }

    /**
     * Begins a run. Signals an {@link IllegalArgumentException} that says what is wrong with the period.
     *
     * @param from null for as far back from the end as usual
     * @param until null for now
     */
    public Mono<StartResult> start(@Nullable Instant from, @Nullable Instant until) {
        return Mono.fromSupplier(() -> period(from, until)).flatMap(runs::start);
    }

    private Period period(@Nullable Instant from, @Nullable Instant until) {
        Instant now = clock.instant();
        Instant end = until == null ? now : until;
        Instant begin = from == null ? end.minus(bounds.usual()) : from;
        if (end.isAfter(now)) {
            throw new IllegalArgumentException("until has to be in the past, not " + end);
        }
        if (!begin.isBefore(end)) {
            throw new IllegalArgumentException("from has to be before until, not " + begin);
        }
        Period period = new Period(begin, end);
        if (period.length().compareTo(bounds.most()) > 0) {
            throw new IllegalArgumentException(
                    "from has to be at most " + bounds.most().toDays() + " days before until");
        }
        return period;
    }
}
