package io.tollgate.gateway.upstream;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.tollgate.gateway.routing.Upstream;
import java.time.Clock;
import java.time.Duration;

/**
 * The breaker and the bulkhead of one upstream, for all routes and event loops together. Neither has a listener: with one, the library makes an event of every
 * call.
 */
final class Guard {

    private final String name;
    private final Clock clock;
    private final Duration openFor;
    private final CircuitBreaker breaker;
    private final Bulkhead bulkhead;
    /** The breaker only wants to know that something failed: one is enough for all. */
    private final Throwable illness = new Illness();

    private volatile long openUntilMillis;

    private static final class Illness extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Illness() {
            super("the upstream failed", null, false, false);
        }
    }

    /** What became of asking whether a call may go to the upstream. */
    enum Entry {
        /** It may; to be ended by {@link #leave}. */
        PERMITTED,
        /** As {@link #PERMITTED}; how it ends decides whether the upstream is well again. */
        PROBE,
        /** The upstream is left alone for now. */
        ILL,
        /** It has as many calls as it may have. */
        FULL
    }

    Guard(Upstream upstream, Clock clock) {
        this.name = upstream.name();
        this.clock = clock;
        this.openFor = upstream.breaker().openFor();
        this.breaker = CircuitBreaker.of(name, config(upstream.breaker(), clock));
        this.bulkhead = Bulkhead.of(
                name,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(upstream.bulkhead().callsMost())
                        .maxWaitDuration(Duration.ZERO)
                        .build());
    }

    private static CircuitBreakerConfig config(Upstream.Breaker breaker, Clock clock) {
        return CircuitBreakerConfig.custom()
                .slidingWindow(
                        breaker.window(),
                        breaker.callsAtLeast(),
                        SlidingWindowType.COUNT_BASED,
                        // An event loop must not wait for another one's turn.
                        SlidingWindowSynchronizationStrategy.LOCK_FREE)
                .failureRateThreshold(breaker.failurePercent())
                .waitDurationInOpenState(breaker.openFor())
                .permittedNumberOfCallsInHalfOpenState(breaker.probes())
                .clock(clock)
                .build();
    }

    String name() {
        return name;
    }

    Entry enter() {
        if (!bulkhead.tryAcquirePermission()) {
            return Entry.FULL;
        }
        if (!breaker.tryAcquirePermission()) {
            bulkhead.releasePermission();
            return Entry.ILL;
        }
        return breaker.getState() == State.HALF_OPEN ? Entry.PROBE : Entry.PERMITTED;
    }

    void succeeded(Entry as) {
        if (counts(as)) {
            breaker.onSuccess(0, NANOSECONDS);
        }
    }

    void failed(Entry as) {
        if (counts(as)) {
            breaker.onError(0, NANOSECONDS, illness);
            if (breaker.getState() == State.OPEN) {
                openUntilMillis = clock.millis() + openFor.toMillis();
            }
        }
    }

    /** The call has said nothing of the upstream's health. */
    void saidNothing(Entry as) {
        if (as == Entry.PROBE) {
            breaker.releasePermission();
        }
    }

    void leave() {
        bulkhead.onComplete();
    }

    /** What began before the upstream fell ill says nothing of whether it has recovered. */
    private boolean counts(Entry as) {
        return as == Entry.PROBE || breaker.getState() == State.CLOSED;
    }

    /** When it makes sense to ask an ill upstream again. */
    Duration illFor() {
        return Duration.ofMillis(Math.max(0, openUntilMillis - clock.millis()));
    }

    State state() {
        return breaker.getState();
    }

    int room() {
        return bulkhead.getMetrics().getAvailableConcurrentCalls();
    }

    int callsMost() {
        return bulkhead.getMetrics().getMaxAllowedConcurrentCalls();
    }
}
