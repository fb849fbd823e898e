package io.tollgate.metering.kept;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** What operators see of the kept settles. */
public final class KeptMeter {

    private final AtomicInteger waiting = new AtomicInteger();
    private final Counter booked;
    private final Counter resent;
    private final Counter asked;
    private final Counter lost;

    public KeptMeter(MeterRegistry meters, KeptSettles kept) {
        Gauge.builder("tollgate.kept.settles", waiting, AtomicInteger::get)
                .description("Acknowledged settles not known to be booked, at the last look")
                .register(meters);
        Gauge.builder("tollgate.kept.settles.max", kept, KeptSettles::room)
                .description("How many can be kept")
                .register(meters);
        FunctionCounter.builder("tollgate.kept.dropped", kept, KeptSettles::dropped)
                .description("Settles no longer kept although not known to be booked: there were too many")
                .register(meters);
        this.booked = Counter.builder("tollgate.kept.booked")
                .description("Settles found in the book")
                .register(meters);
        this.resent = Counter.builder("tollgate.kept.resent")
                .description("Settles sent again because neither store had them")
                .register(meters);
        this.asked = Counter.builder("tollgate.kept.asked")
                .description("Settles sent again to see whether the live store still has what is not booked")
                .register(meters);
        this.lost = Counter.builder("tollgate.kept.lost")
                .description("Settles that could not be sent again: there is no such account")
                .register(meters);
    }

    void waiting(int settles) {
        waiting.set(settles);
    }

    void booked(int settles) {
        booked.increment(settles);
    }

    void resent() {
        resent.increment();
    }

    void asked() {
        asked.increment();
    }

    void lost() {
        lost.increment();
    }
}
