package io.tollgate.billing.autotopup;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.autotopup.AutoTopUpBook.Failed;
import io.tollgate.billing.autotopup.AutoTopUpBook.Failure;
import io.tollgate.billing.checkout.StripeUnavailableException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** What an operator sees of automatic top-ups: a line and a count for each beginning and each end. */
public final class AutoTopUpMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(AutoTopUpMetrics.class);
    private static final String ENDED = "tollgate.auto_topup.ended";

    private final MeterRegistry meters;

    public AutoTopUpMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void started(Attempt attempt) {
        meters.counter(
                        "tollgate.auto_topup.started",
                        "trigger",
                        attempt.trigger().text())
                .increment();
        line(Level.INFO, attempt).addKeyValue("cause", attempt.trigger().text()).log("auto_topup_started");
    }

    void skipped(Decision.Reason reason) {
        meters.counter("tollgate.auto_topup.skipped", "reason", reason.text()).increment();
    }

    void unanswered(Attempt attempt, StripeUnavailableException failure) {
        meters.counter(
                        "tollgate.auto_topup.unanswered",
                        "effect",
                        failure.effect().name().toLowerCase(Locale.ROOT))
                .increment();
        line(Level.WARN, attempt).addKeyValue("effect", failure.effect()).log("auto_topup_unanswered");
    }

    void actionRequired(Attempt attempt) {
        meters.counter("tollgate.auto_topup.action_required").increment();
        line(Level.INFO, attempt).log("auto_topup_action_required");
    }

    void granted(Attempt attempt, Intent intent) {
        ended("granted");
        meters.counter("tollgate.topup.granted", "cause", "auto_top_up").increment();
        line(Level.INFO, attempt)
                .addKeyValue("credits", attempt.credits())
                .addKeyValue("payment_intent", intent.id())
                .addKeyValue("cause", "auto_top_up")
                .log("topup_processed");
    }

    void withheld(Attempt attempt, String reason) {
        meters.counter("tollgate.topup.withheld", "reason", reason.toLowerCase(Locale.ROOT))
                .increment();
        line(Level.ERROR, attempt).addKeyValue("reason", reason).log("topup_withheld");
    }

    void failed(Attempt attempt, Failure failure, Failed failed) {
        ended(failure.as().name().toLowerCase(Locale.ROOT));
        line(Level.WARN, attempt)
                .addKeyValue("reason", failure.reason())
                .addKeyValue("failures", failed.failures())
                .log("auto_topup_failed");
        if (failed.off()) {
            meters.counter("tollgate.auto_topup.off").increment();
            line(Level.WARN, attempt).addKeyValue("reason", failure.reason()).log("auto_topup_off");
        }
    }

    void abandoned(Attempt attempt) {
        ended("abandoned");
        line(Level.WARN, attempt).log("auto_topup_abandoned");
    }

    private void ended(String outcome) {
        meters.counter(ENDED, "outcome", outcome).increment();
    }

    private static LoggingEventBuilder line(Level level, Attempt attempt) {
        return LOG.atLevel(level)
                .addKeyValue("account", attempt.account())
                .addKeyValue("attempt", attempt.id())
                .addKeyValue("amount", attempt.price().minor())
                .addKeyValue("currency", attempt.price().currency());
    }
}
