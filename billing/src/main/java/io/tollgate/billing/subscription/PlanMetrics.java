package io.tollgate.billing.subscription;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.payment.Payment;
import io.tollgate.metering.grant.Allowance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** What an operator sees of plans: one line and one count for everything that happened. */
public final class PlanMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(PlanMetrics.class);

    private final MeterRegistry meters;

    public PlanMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void written(Change change, String cause) {
        for (String what : change.happened()) {
            meters.counter("tollgate.subscription.happened", "what", what, "cause", cause)
                    .increment();
            line(change, cause).log(what);
        }
        Payment payment = change.payment();
        if (payment != null) {
            line(change, cause)
                    .addKeyValue("invoice", payment.invoice())
                    .addKeyValue("amount", payment.paid().minor())
                    .addKeyValue("currency", payment.paid().currency())
                    .log("plan_payment_booked");
        }
    }

    void withheld(Change change, String reason) {
        meters.counter("tollgate.subscription.withheld").increment();
        line(change, "schedule").addKeyValue("reason", reason).log("allowance_withheld");
    }

    private static LoggingEventBuilder line(Change change, String cause) {
        LoggingEventBuilder line = LOG.atInfo()
                .addKeyValue("account", change.plan().account())
                .addKeyValue("subscription", change.plan().subscription())
                .addKeyValue("cause", cause);
        Allowance allowance = change.allowance();
        return allowance == null ? line : line.addKeyValue("credits", allowance.amount());
    }
}
