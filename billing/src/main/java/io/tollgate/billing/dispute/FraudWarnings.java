package io.tollgate.billing.dispute;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.refund.RefundDesk;
import io.tollgate.billing.refund.RefundWish;
import io.tollgate.billing.reversal.PaidIntents;
import io.tollgate.billing.reversal.RefundRequest.AskedBy;
import io.tollgate.billing.reversal.Reversals;
import io.tollgate.billing.webhook.EventHandler;
import io.tollgate.billing.webhook.Handling;
import io.tollgate.billing.webhook.StoredEvents.TakenEvent;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** A bank says that a payment is likely to be disputed: it is noted, and what the operator has set is done. */
public final class FraudWarnings implements EventHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FraudWarnings.class);
    private static final Set<String> TYPES = Set.of("radar.early_fraud_warning.created");

    private final PaidIntents payments;
    private final Reversals reversals;
    private final RefundDesk refunds;
    private final Set<Measure> measures;
    private final MeterRegistry meters;

    public FraudWarnings(
            PaidIntents payments,
            Reversals reversals,
            RefundDesk refunds,
            Set<Measure> measures,
            MeterRegistry meters) {
        this.payments = payments;
        this.reversals = reversals;
        this.refunds = refunds;
        this.measures = Set.copyOf(measures);
        this.meters = meters;
    }

    @Override
    public Set<String> types() {
        return TYPES;
    }

    @Override
    public Mono<Handling> handle(TakenEvent event) {
        return payments.handle(event.objectId(), payment -> heed(payment, String.valueOf(event.objectId())));
    }

    private Mono<Void> heed(Payment payment, String warning) {
        meters.counter("tollgate.fraud.warned").increment();
        LOG.atWarn()
                .addKeyValue("account", payment.account())
                .addKeyValue("payment", payment.id())
                .addKeyValue("amount", payment.paid().minor())
                .addKeyValue("currency", payment.paid().currency())
                .addKeyValue("cause", warning)
                .log("fraud_warned");
        return freeze(payment, warning).then(Mono.defer(() -> refund(payment, warning)));
    }

    private Mono<Void> freeze(Payment payment, String warning) {
        return measures.contains(Measure.FREEZE)
                ? reversals.freeze(payment, warning).then()
                : Mono.empty();
    }

    // Where nothing is left, or Stripe refuses since it is disputed by now, there is nothing more to do.
    private Mono<Void> refund(Payment payment, String warning) {
        RefundWish all =
                new RefundWish(payment.id(), null, "early fraud warning", "fraud:" + warning, AskedBy.FRAUD_WARNING);
        return measures.contains(Measure.REFUND) ? refunds.refund(all).then() : Mono.empty();
    }
}
