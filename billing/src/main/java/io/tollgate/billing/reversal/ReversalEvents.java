package io.tollgate.billing.reversal;

import io.tollgate.billing.webhook.EventHandler;
import io.tollgate.billing.webhook.Handling;
import io.tollgate.billing.webhook.StoredEvents.TakenEvent;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Whatever Stripe tells of a refund or a dispute: all of the payment's are fetched as they are now, and the book is brought to that. */
public final class ReversalEvents implements EventHandler {

    private static final Set<String> TYPES = Set.of(
            "refund.created",
            "refund.updated",
            "refund.failed",
            "charge.refunded",
            "charge.refund.updated",
            "charge.dispute.created",
            "charge.dispute.updated",
            "charge.dispute.funds_withdrawn",
            "charge.dispute.funds_reinstated",
            "charge.dispute.closed");

    private final PaidIntents payments;
    private final Reversals reversals;

    public ReversalEvents(PaidIntents payments, Reversals reversals) {
        this.payments = payments;
        this.reversals = reversals;
    }

    @Override
    public Set<String> types() {
        return TYPES;
    }

    @Override
    public Mono<Handling> handle(TakenEvent event) {
        return payments.handle(
                event.objectId(), payment -> reversals.look(payment).then());
    }
}
