package io.tollgate.metering.wiring.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** How often everything happened. A run that has stopped to reach something proves nothing about it, so each has a least number. */
final class Coverage {

    /** What can happen, and how often at least it does in {@link #PER} operations. */
    enum Happening {
        HELD(20_000),
        RAISED(1_000),
        REFUSED(500),
        NOT_ACTIVE(100),
        ENDED_BEFORE(200),
        TOO_MANY_HOLDS(0),
        SETTLED(10_000),
        SETTLED_BEYOND_THE_HOLD(1_000),
        UNCOLLECTED(100),
        RELEASED(1_000),
        EXPIRED(1_000),
        SENT_TWICE(2_000),
        SETTLED_AFTER_RETURN(200),
        TOO_LATE(100),
        CHARGED_LATE(20),
        LOST_AND_BOOKED(5),
        LOST_AND_CHARGED(50),
        GRANTED(1_000),
        CLAWED_BACK(200),
        ALLOWANCE_REPLACED(200),
        ALLOWANCES_ENDED(60),
        FROZEN(100),
        THAWED(100),
        CLOSED(10),
        LOTS_EXPIRED(500),
        KEPT_FOR_HOLDS(100),
        IN_DEBT(100),
        CLOCK_WENT_BACK(500),
        EVICTED(200),
        SEED_BEHIND(4),
        FLUSHED(200),
        TRIMMED(10),
        INTERRUPTED(1_000),
        REDIS_ROLLED_BACK(50),
        REDIS_EMPTIED(10),
        BOOK_SET_BACK(2),
        GATEWAY_KILLED(4),
        SETTLE_SENT_AGAIN(20),
        SETTLE_LOST_WITH_BOTH(0),
        RETURN_LOST(10),
        RECOVERED(50),
        COMPARED_WHOLE(100);

        private final int least;

        Happening(int least) {
            this.least = least;
        }
    }

    private static final int PER = 200_000;
    private static final int SHORTEST = 100_000;

    private final Map<Happening, Long> counts = new ConcurrentHashMap<>();

    void count(Happening happening) {
        count(happening, 1);
    }

    void count(Happening happening, long times) {
        counts.merge(happening, times, Long::sum);
    }

    /** Half of what is to be expected at least, and never nothing; too short a run may miss what is rare. */
    void assertWhole(long operations) {
        if (operations < SHORTEST) {
            return;
        }
        for (Happening happening : Happening.values()) {
            long least = happening.least * operations / PER / 2;
            assertThat(of(happening))
                    .as("%s in %d operations; all: %s", happening, operations, this)
                    .isGreaterThanOrEqualTo(happening.least > 0 ? Math.max(1, least) : 0);
        }
    }

    private long of(Happening happening) {
        return counts.getOrDefault(happening, 0L);
    }

    @Override
    public String toString() {
        return Arrays.stream(Happening.values())
                .map(happening -> happening.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + of(happening))
                .collect(Collectors.joining(", "));
    }
}
