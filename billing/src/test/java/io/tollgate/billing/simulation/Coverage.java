package io.tollgate.billing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the runs have met, by name: a run that meets nothing proves nothing. */
final class Coverage {

    static final String EVENTS = "Stripe events";
    static final String KILLS = "kills";

    /** Deeds of all runs together that are a whole test: the default. */
    private static final long WHOLE = 4_800;

    private static final long EVENTS_LEAST = 20_000;

    private final Map<String, LongAdder> met = new ConcurrentHashMap<>();

    void count(String what) {
        count(what, 1);
    }

    void count(String what, long times) {
        met.computeIfAbsent(what, _ -> new LongAdder()).add(times);
    }

    private long of(String what) {
        LongAdder times = met.get(what);
        return times == null ? 0 : times.sum();
    }

    /** Shorter tests have to have met as much in proportion. */
    void assertWhole(long deeds) {
        assertThat(of(EVENTS)).as(EVENTS).isGreaterThanOrEqualTo(EVENTS_LEAST * Math.min(deeds, WHOLE) / WHOLE);
        assertThat(of(KILLS)).as(KILLS).isGreaterThan(deeds / 100);
        if (deeds >= WHOLE) {
            assertThat(met.values()).as(toString()).allMatch(times -> times.sum() > 0);
        }
    }

    @Override
    public String toString() {
        return new TreeMap<>(met).toString();
    }
}
