package io.tollgate.billing.reversal;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.payment.Payment;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** What an operator sees of money that goes back: one line and one count for each change. */
public final class ReversalMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(ReversalMetrics.class);

    private final MeterRegistry meters;

    public ReversalMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void booked(Payment payment, Booked booked) {
        booked.changes().forEach(change -> tell(payment, change));
    }

    private void tell(Payment payment, Change change) {
        switch (change) {
            case Change.OfRefund(String refund, RefundPhase phase, var amount) -> {
                count("tollgate.refund.changed", "phase", phase);
                line(payment, phase == RefundPhase.FAILED ? Level.WARN : Level.INFO)
                        .addKeyValue("refund", refund)
                        .addKeyValue("phase", phase)
                        .addKeyValue("amount", amount.minor())
                        .addKeyValue("currency", amount.currency())
                        .log("refund_processed");
            }
            case Change.OfDispute(String dispute, DisputePhase phase, var amount, var reason) -> {
                count("tollgate.dispute.changed", "phase", phase);
                line(payment, phase == DisputePhase.WON ? Level.INFO : Level.WARN)
                        .addKeyValue("dispute", dispute)
                        .addKeyValue("amount", amount.minor())
                        .addKeyValue("currency", amount.currency())
                        .addKeyValue("cause", reason)
                        .log(phase == DisputePhase.OPEN ? "dispute_opened" : "dispute_" + lower(phase));
            }
            case Change.Taken(String cause, var credits) -> {
                meters.counter("tollgate.clawback.issued").increment();
                credit(payment, cause).addKeyValue("credits", credits).log("clawback_issued");
            }
            case Change.GivenBack(String cause, var credits) -> {
                meters.counter("tollgate.clawback.given_back").increment();
                credit(payment, cause).addKeyValue("credits", credits).log("clawback_given_back");
            }
            case Change.Frozen(String cause) -> credit(payment, cause).log("account_frozen");
            case Change.Thawed(String cause) -> credit(payment, cause).log("account_thawed");
        }
    }

    private void count(String name, String tag, Enum<?> value) {
        meters.counter(name, tag, lower(value)).increment();
    }

    private static LoggingEventBuilder credit(Payment payment, String cause) {
        return line(payment, Level.INFO).addKeyValue("cause", cause);
    }

    private static LoggingEventBuilder line(Payment payment, Level level) {
        return LOG.atLevel(level).addKeyValue("account", payment.account()).addKeyValue("payment", payment.id());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
