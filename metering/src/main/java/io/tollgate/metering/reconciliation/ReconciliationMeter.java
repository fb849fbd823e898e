package io.tollgate.metering.reconciliation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.metering.usage.BookedLately;
import java.util.EnumMap;
import java.util.Map;

/** What operators see of the reconciler. */
public final class ReconciliationMeter {

    private final Counter agreed;
    private final Counter moving;
    private final Counter drifted;
    private final Map<Drift.Kind, Counter> drifts = new EnumMap<>(Drift.Kind.class);

    public ReconciliationMeter(MeterRegistry meters, BookedLately lately) {
        this.agreed = accounts(meters, "agreed");
        this.moving = accounts(meters, "moving");
        this.drifted = accounts(meters, "drifted");
        for (Drift.Kind kind : Drift.Kind.values()) {
            drifts.put(
                    kind,
                    Counter.builder("tollgate.reconciliation.drifts")
                            .description("Drift found, again and again as long as it is there")
                            .tag("kind", kind.name())
                            .register(meters));
        }
        Gauge.builder("tollgate.reconciliation.waiting", lately, BookedLately::size)
                .description("Active accounts that wait to be compared")
                .register(meters);
        Gauge.builder("tollgate.reconciliation.passed.over", lately, BookedLately::passedOver)
                .description("Active accounts that were left to the next full run since too many waited")
                .register(meters);
    }

    void found(Findings findings) {
        agreed.increment(findings.checked() - findings.moving() - findings.drifted());
        moving.increment(findings.moving());
        drifted.increment(findings.drifted());
        for (Drift drift : findings.drifts()) {
            Counter counter = drifts.get(drift.kind());
            if (counter != null) {
                counter.increment();
            }
        }
    }

    private static Counter accounts(MeterRegistry meters, String result) {
        return Counter.builder("tollgate.reconciliation.accounts")
                .description("Accounts compared in both stores")
                .tag("result", result)
                .register(meters);
    }
}
