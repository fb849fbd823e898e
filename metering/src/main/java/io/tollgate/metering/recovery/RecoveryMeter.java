package io.tollgate.metering.recovery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** What operators see of recoveries. */
public final class RecoveryMeter {

    private final Timer recoveries;
    private final Counter booked;
    private final Counter buried;
    private final Counter lost;

    public RecoveryMeter(MeterRegistry meters) {
        this.recoveries = Timer.builder("tollgate.recovery")
                .description("Recoveries of partitions that this gateway has brought to their end")
                .register(meters);
        this.booked = counter(meters, "tollgate.recovery.booked", "Events that recoveries found unbooked");
        this.buried = counter(meters, "tollgate.recovery.buried", "Open holds that had ended by the book");
        this.lost = counter(meters, "tollgate.recovery.lost", "Acknowledged events that neither store has");
    }

    void recovered(Recovered recovered, long tookNanos) {
        recoveries.record(Duration.ofNanos(tookNanos));
        booked.increment((double) recovered.booked());
        buried.increment((double) recovered.buried());
        lost.increment((double) recovered.lost());
    }

    private static Counter counter(MeterRegistry meters, String name, String description) {
        return Counter.builder(name).description(description).register(meters);
    }
}
