package io.tollgate.billing.reconciliation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tollgate.billing.reconciliation.Finding.Amounts;
import io.tollgate.billing.reconciliation.Finding.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators see of the comparison with Stripe: a line for each finding and each run, and figures. */
public final class StripeReconciliationMeter {

    private static final Logger LOG = LoggerFactory.getLogger(StripeReconciliationMeter.class);

    private final MeterRegistry meters;
    private final AtomicReference<Map<Kind, Long>> open = new AtomicReference<>(Map.of());
    private final AtomicLong endedSeconds = new AtomicLong();

    public StripeReconciliationMeter(MeterRegistry meters) {
        this.meters = meters;
        for (Kind kind : Kind.values()) {
            Gauge.builder(
                            "tollgate.stripe.reconciliation.open",
                            open,
                            it -> it.get().getOrDefault(kind, 0L))
                    .description("Differences from Stripe that are not put right")
                    .tag("kind", word(kind))
                    .register(meters);
        }
        Gauge.builder("tollgate.stripe.reconciliation.last.run", endedSeconds, AtomicLong::get)
                .description("When this gateway ended a run for the last time, in seconds since 1970; 0 for never")
                .register(meters);
    }

    void found(StripeRun run, List<Finding> findings) {
        findings.forEach(finding -> found(run, finding));
    }

    void ended(StripeRun run) {
        Instant end = run.finishedAt() == null ? run.startedAt() : run.finishedAt();
        endedSeconds.set(end.getEpochSecond());
        Timer.builder("tollgate.stripe.reconciliation.duration")
                .description("How long runs took")
                .tag("state", word(run.state()))
                .register(meters)
                .record(Duration.between(run.startedAt(), end));
        LOG.atInfo()
                .addKeyValue("run", run.id())
                .addKeyValue("state", word(run.state()))
                .addKeyValue("looked", run.looked())
                .addKeyValue("found", run.found())
                .addKeyValue("skipped", run.skipped())
                .log("stripe_reconciliation_ended");
    }

    void repairing(RecordedFinding finding, String event) {
        String kind = word(finding.finding().kind());
        meters.counter("tollgate.stripe.reconciliation.repairs", "kind", kind).increment();
        LOG.atInfo()
                .addKeyValue("finding", finding.number())
                .addKeyValue("kind", kind)
                .addKeyValue("object", finding.finding().object())
                .addKeyValue("account", finding.finding().account())
                .addKeyValue("event", event)
                .log("stripe_repair_begun");
    }

    void standing(Map<Kind, Long> now) {
        open.set(Map.copyOf(now));
    }

    private void found(StripeRun run, Finding finding) {
        meters.counter("tollgate.stripe.reconciliation.findings", "kind", word(finding.kind()))
                .increment();
        Amounts amounts = finding.amounts();
        LOG.atWarn()
                .addKeyValue("run", run.id())
                .addKeyValue("kind", word(finding.kind()))
                .addKeyValue("object", finding.object())
                .addKeyValue("related", finding.related())
                .addKeyValue("account", finding.account())
                .addKeyValue("currency", amounts == null ? null : amounts.currency())
                .addKeyValue("stripe_amount", amounts == null ? null : amounts.stripe())
                .addKeyValue("book_amount", amounts == null ? null : amounts.book())
                .addKeyValue("detail", finding.detail())
                .log("stripe_difference_found");
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
