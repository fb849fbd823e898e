package io.tollgate.metering.usage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.metering.usage.Quarantine.Decision;
import io.tollgate.metering.usage.Quarantine.Waiting;
import java.util.concurrent.atomic.AtomicReference;

/** What operators see of the quarantine. */
public final class QuarantineMeter {

    private final AtomicReference<Waiting> waiting = new AtomicReference<>(new Waiting(0, 0));
    private final Counter booked;
    private final Counter discarded;

    public QuarantineMeter(MeterRegistry meters) {
        Gauge.builder("tollgate.quarantine.entries", waiting, w -> w.get().entries())
                .description("Entries that wait for an operator's decision")
                .register(meters);
        Gauge.builder("tollgate.quarantine.accounts", waiting, w -> w.get().accounts())
                .description("Accounts that wait for an operator's decision")
                .register(meters);
        this.booked = resolved(meters, "booked");
        this.discarded = resolved(meters, "discarded");
    }

    void waiting(Waiting now) {
        waiting.set(now);
    }

    void resolved(Decision decision, long entries) {
        switch (decision) {
            case BOOK -> booked.increment((double) entries);
            case DISCARD -> discarded.increment((double) entries);
        }
    }

    private static Counter resolved(MeterRegistry meters, String decision) {
        return Counter.builder("tollgate.quarantine.resolved")
                .description("Entries an operator has decided about")
                .tag("decision", decision)
                .register(meters);
    }
}
