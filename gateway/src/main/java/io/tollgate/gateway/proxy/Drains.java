package io.tollgate.gateway.proxy;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.gateway.routing.Route;
import io.tollgate.gateway.routing.Route.WhenClientLeaves;
import java.util.concurrent.atomic.AtomicInteger;

/** The answers that are read to their end although their clients have left. */
final class Drains {

    private final DrainProperties bounds;
    private final AtomicInteger count = new AtomicInteger();

    Drains(DrainProperties bounds, MeterRegistry metrics) {
        this.bounds = bounds;
        metrics.gauge("tollgate.calls.drained", count);
    }

    /** Whether one more may be, by its route and by the bound; if so, {@link #ended()} must follow. */
    boolean begin(Route route) {
        if (route.whenClientLeaves() == WhenClientLeaves.CANCEL) {
            return false;
        }
        if (count.incrementAndGet() > bounds.callsMost()) {
            count.decrementAndGet();
            return false;
        }
        return true;
    }

    void ended() {
        count.decrementAndGet();
    }

    long longestNanos() {
        return bounds.longest().toNanos();
    }
}
