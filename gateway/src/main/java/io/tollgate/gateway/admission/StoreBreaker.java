package io.tollgate.gateway.admission;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.metering.reservation.HoldId;
import java.time.Clock;
import java.time.Duration;

/**
 * Leaves the live store alone for a moment when it keeps calls waiting and does not answer: then they are refused, or let through, at once, instead of each
 * waiting for its timeout. A store that fails at once does no harm, and is asked every time.
 */
final class StoreBreaker {

    private static final int FAILURE_PERCENT = 50;
    private static final int WINDOW = 10;
    private static final int CALLS_AT_LEAST = 5;
    private static final int PROBES = 2;

    private final Clock clock;
    private final Duration late;
    private final Throwable silence = new IllegalStateException("the live store did not answer");
    private final CircuitBreaker breaker;

    StoreBreaker(AdmissionProperties.Silence bounds, Clock clock, MeterRegistry metrics) {
        this.clock = clock;
        this.late = bounds.after();
        breaker = CircuitBreaker.of(
                "store",
                CircuitBreakerConfig.custom()
                        .slidingWindow(
                                WINDOW,
                                CALLS_AT_LEAST,
                                SlidingWindowType.COUNT_BASED,
                                SlidingWindowSynchronizationStrategy.LOCK_FREE)
                        .failureRateThreshold(FAILURE_PERCENT)
                        .waitDurationInOpenState(bounds.pause())
                        .permittedNumberOfCallsInHalfOpenState(PROBES)
                        .clock(clock)
                        .build());
        Gauge.builder("tollgate.holds.store.silent", breaker, of -> of.getState() == State.CLOSED ? 0 : 1)
                .description("1 while holds are not asked for, but for probes, since the live store does not answer")
                .register(metrics);
    }

    /** Whether to ask; if so, one of the others is to be told what came of it. */
    boolean mayAsk() {
        return breaker.tryAcquirePermission();
    }

    void answered() {
        breaker.onSuccess(0, NANOSECONDS);
    }

    /** The store was not available for this hold, which was asked for when its id was born. */
    void unavailable(HoldId asked) {
        if (clock.millis() - asked.bornAtMillis() >= late.toMillis()) {
            breaker.onError(0, NANOSECONDS, silence);
        } else {
            breaker.releasePermission();
        }
    }

    /** Nobody waits for the answer any more. */
    void givenUp() {
        breaker.releasePermission();
    }
}
