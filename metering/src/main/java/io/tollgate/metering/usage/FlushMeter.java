package io.tollgate.metering.usage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What operators see of the flusher. */
public final class FlushMeter {

    private final Counter entries;
    private final Timer batch;
    private final Timer lag;

    public FlushMeter(MeterRegistry meters, Backlog backlog) {
        this.entries = Counter.builder("tollgate.flush.entries")
                .description("Stream entries booked")
                .register(meters);
        this.batch = Timer.builder("tollgate.flush.batch")
                .description("Time to book a batch, reading included")
                .register(meters);
        this.lag = Timer.builder("tollgate.flush.lag")
                .description("Age of the oldest event of a batch once it is booked")
                .register(meters);
        Gauge.builder("tollgate.flush.backlog", backlog, all -> (double) all.events())
                .description("Events this gateway knows of that are not known to be booked")
                .register(meters);
        Gauge.builder("tollgate.flush.backlog.most", backlog, all -> (double) all.most())
                .description("The backlog at which no more calls are let in")
                .register(meters);
        TimeGauge.builder("tollgate.flush.backlog.age", backlog, TimeUnit.NANOSECONDS, all ->
                        (double) all.age().toNanos())
                .description("How long the oldest event has waited to be booked")
                .register(meters);
    }

    void booked(EventBook.Flushed flushed, long tookNanos, long nowMillis) {
        if (flushed.entries() > 0) {
            entries.increment(flushed.entries());
            batch.record(Duration.ofNanos(tookNanos));
        }
        if (flushed.oldestAtMillis() > 0) {
            lag.record(Duration.ofMillis(Math.max(0, nowMillis - flushed.oldestAtMillis())));
        }
    }
}
