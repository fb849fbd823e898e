package io.tollgate.metering.reconciliation;

import io.tollgate.metering.usage.BookedLately;
import reactor.core.publisher.Mono;

/** Looks at the accounts that this gateway has booked something of, soon afterwards. */
public final class RecentReconciliation {

    private final BookedLately lately;
    private final Reconciler reconciler;
    private final DriftRecord record;
    private final ReconciliationMeter meter;
    private final int atOnce;

    /** {@code atOnce} accounts a turn at most. */
    public RecentReconciliation(
            BookedLately lately, Reconciler reconciler, DriftRecord record, ReconciliationMeter meter, int atOnce) {
        this.lately = lately;
        this.reconciler = reconciler;
        this.record = record;
        this.meter = meter;
        this.atOnce = atOnce;
    }

    /** What a failed turn has not looked at waits for its next event, or the next full run. */
    public Mono<Void> turn() {
        return Mono.fromSupplier(() -> lately.take(atOnce))
                .filter(accounts -> !accounts.isEmpty())
                .flatMap(accounts -> reconciler.look(accounts, Depth.POSITIONS))
                .doOnNext(meter::found)
                .flatMap(findings -> record.keep(findings.drifts()));
    }
}
