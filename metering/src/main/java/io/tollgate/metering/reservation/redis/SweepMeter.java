package io.tollgate.metering.reservation.redis;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.metering.reservation.EndResult;

/** What operators see of the hold sweeper; its turns are counted with those of all background loops. */
final class SweepMeter {

    private final Counter looks;
    private final Counter swept;
    private final Counter expired;
    private final Counter failures;

    SweepMeter(MeterRegistry meters) {
        this.looks = Counter.builder("tollgate.holds.sweep.looks")
                .description("Partitions looked at for holds that are due")
                .register(meters);
        this.swept = Counter.builder("tollgate.holds.sweep.swept")
                .description("Holds that seemed to be due")
                .register(meters);
        this.expired = Counter.builder("tollgate.holds.sweep.expired")
                .description("Holds that nobody ended and that therefore expired")
                .register(meters);
        this.failures = Counter.builder("tollgate.holds.sweep.failures")
                .description("Holds that seemed to be due and could not be ended")
                .register(meters);
    }

    void looked() {
        looks.increment();
    }

    void swept(EndResult result) {
        swept.increment();
        if (result instanceof EndResult.Returned) {
            expired.increment();
        }
    }

    void failed(Throwable failure) {
        swept.increment();
        failures.increment();
    }
}
