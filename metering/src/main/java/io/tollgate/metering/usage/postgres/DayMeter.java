package io.tollgate.metering.usage.postgres;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What operators see of the days of usage events. */
final class DayMeter {

    private final AtomicInteger ahead = new AtomicInteger();
    private final AtomicInteger leftInDefault = new AtomicInteger();
    private final AtomicLong lastRunSeconds = new AtomicLong();
    private final Counter created;
    private final Counter dropped;
    private final Counter forgotten;
    private final Counter failures;

    DayMeter(MeterRegistry meters) {
        Gauge.builder("tollgate.usage.days.ahead", ahead, AtomicInteger::get)
                .description("Days to come that have a partition")
                .register(meters);
        Gauge.builder("tollgate.usage.days.left.in.default", leftInDefault, AtomicInteger::get)
                .description("Days whose rows in the default partition are too many to be moved")
                .register(meters);
        Gauge.builder("tollgate.usage.days.last.run", lastRunSeconds, AtomicLong::doubleValue)
                .description("When the days were last looked after, in seconds since 1970; 0 for never")
                .baseUnit("seconds")
                .register(meters);
        created = Counter.builder("tollgate.usage.days.created").register(meters);
        dropped = Counter.builder("tollgate.usage.days.dropped").register(meters);
        forgotten = Counter.builder("tollgate.usage.days.default.removed")
                .description("Rows past their retention that were removed from the default partition")
                .register(meters);
        failures = Counter.builder("tollgate.usage.days.failures").register(meters);
    }

    void created() {
        created.increment();
    }

    void dropped() {
        dropped.increment();
    }

    void forgotten(long rows) {
        forgotten.increment((double) rows);
    }

    void ran(int daysAhead, int daysLeftInDefault) {
        ahead.set(daysAhead);
        leftInDefault.set(daysLeftInDefault);
        lastRunSeconds.set(Instant.now().getEpochSecond());
    }

    void failed() {
        failures.increment();
    }
}
