package io.tollgate.billing.topup;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.order.Order;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator sees of top-ups: one line and one count for each. */
public final class TopUpMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(TopUpMetrics.class);

    private final MeterRegistry meters;

    public TopUpMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void granted(Order order, AskedBy askedBy) {
        String cause = askedBy.name().toLowerCase(Locale.ROOT);
        meters.counter("tollgate.topup.granted", "cause", cause).increment();
        LOG.atInfo()
                .addKeyValue("account", order.account())
                .addKeyValue("order", order.id())
                .addKeyValue("amount", order.price().minor())
                .addKeyValue("currency", order.price().currency())
                .addKeyValue("credits", order.credits())
                .addKeyValue("cause", cause)
                .log("topup_processed");
    }

    void begun(Order order, String subscription) {
        LOG.atInfo()
                .addKeyValue("account", order.account())
                .addKeyValue("order", order.id())
                .addKeyValue("subscription", subscription)
                .addKeyValue("amount", order.price().minor())
                .addKeyValue("currency", order.price().currency())
                .addKeyValue("credits", order.credits())
                .log("plan_checkout_completed");
    }

    void withheld(Order order, FulfilResult.Reason reason) {
        meters.counter("tollgate.topup.withheld", "reason", reason.name().toLowerCase(Locale.ROOT))
                .increment();
        LOG.atError()
                .addKeyValue("account", order.account())
                .addKeyValue("order", order.id())
                .addKeyValue("amount", order.price().minor())
                .addKeyValue("currency", order.price().currency())
                .addKeyValue("reason", reason)
                .log("topup_withheld");
    }
}
