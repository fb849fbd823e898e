package io.tollgate.gateway.admission;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.gateway.admission.AdmissionResult.Admitted;
import io.tollgate.metering.store.StoreUnavailableException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/**
 * Calls that go through on trust, where their route allows it, while no store can say whether the credit is there. Each takes a place until its end is booked: there
 * are so many, and beyond them calls are refused. Its settle charges it like any other, since it is not known to either store.
 */
final class Unheld {

    private final int most;
    private final AtomicInteger taken = new AtomicInteger();
    private final Counter trusted;
    private final Counter refused;

    Unheld(int most, MeterRegistry metrics) {
        this.most = most;
        metrics.gauge("tollgate.holds.unheld", taken);
        Gauge.builder("tollgate.holds.unheld.max", () -> most).register(metrics);
        trusted = metrics.counter("tollgate.holds.unheld.trusted");
        refused = metrics.counter("tollgate.holds.unheld.refused");
    }

    /** What becomes of a call about whose hold the store has said nothing. */
    Mono<AdmissionResult> letThrough(OpenHold hold, StoreUnavailableException failure) {
        return switch (hold.call().route().whenRedisIsDown()) {
            case REFUSE -> Mono.error(failure);
            case ALLOW -> takePlace() ? Mono.just(trusted(hold)) : Mono.error(tooMany(failure));
        };
    }

    private Admitted trusted(OpenHold hold) {
        trusted.increment();
        hold.onTrust(new Place());
        return new Admitted(hold);
    }

    private StoreUnavailableException tooMany(StoreUnavailableException failure) {
        refused.increment();
        return new StoreUnavailableException(
                most + " calls are under way or unbooked that nothing is held for", failure);
    }

    /** Is given back once, however often it is told that its call's end is booked. */
    private final class Place implements Runnable {

        private final AtomicBoolean given = new AtomicBoolean();

        @Override
        public void run() {
            if (given.compareAndSet(false, true)) {
                taken.decrementAndGet();
            }
        }
    }

    private boolean takePlace() {
        int before = taken.getAndUpdate(now -> now < most ? now + 1 : now);
        return before < most;
    }
}
