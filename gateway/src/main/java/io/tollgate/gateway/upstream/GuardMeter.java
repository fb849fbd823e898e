package io.tollgate.gateway.upstream;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is told of an upstream. A call that its first upstream answers touches none of it. */
final class GuardMeter {

    private final Map<Failure, Counter> failures = new EnumMap<>(Failure.class);
    private final Counter ill;
    private final Counter full;
    private final Counter fallbacks;
    private final Counter retries;

    GuardMeter(Guard guard, MeterRegistry metrics) {
        String upstream = guard.name();
        for (State state : List.of(State.CLOSED, State.OPEN, State.HALF_OPEN)) {
            Gauge.builder("tollgate.upstream.breaker", guard, of -> of.state() == state ? 1 : 0)
                    .tags("upstream", upstream, "state", tag(state))
                    .description("1 for the state the breaker is in")
                    .register(metrics);
        }
        Gauge.builder("tollgate.upstream.bulkhead.available", guard, Guard::room)
                .tags("upstream", upstream)
                .description("calls that may still be made at the same time")
                .register(metrics);
        Gauge.builder("tollgate.upstream.bulkhead.max", guard, Guard::callsMost)
                .tags("upstream", upstream)
                .register(metrics);
        for (Failure failure : Failure.values()) {
            failures.put(
                    failure, metrics.counter("tollgate.upstream.failures", "upstream", upstream, "why", tag(failure)));
        }
        ill = metrics.counter("tollgate.upstream.passed.over", "upstream", upstream, "why", "ill");
        full = metrics.counter("tollgate.upstream.passed.over", "upstream", upstream, "why", "full");
        fallbacks = metrics.counter("tollgate.upstream.fallbacks", "upstream", upstream);
        retries = metrics.counter("tollgate.upstream.retries", "upstream", upstream);
    }

    /** An attempt there has failed. */
    void failed(Failure why) {
        Counter counter = failures.get(why);
        if (counter != null) {
            counter.increment();
        }
    }

    void passedOverIll() {
        ill.increment();
    }

    void passedOverFull() {
        full.increment();
    }

    /** A call has come here because another upstream would not or could not answer it. */
    void fellBack() {
        fallbacks.increment();
    }

    /** A call has come here again. */
    void retried() {
        retries.increment();
    }

    private static String tag(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
