package io.tollgate.billing.subscription;

import io.tollgate.billing.webhook.EventHandler;
import io.tollgate.billing.webhook.Handling;
import io.tollgate.billing.webhook.StoredEvents.TakenEvent;
import java.util.HashSet;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Whatever Stripe tells of subscriptions and their invoices: each event only says where to look. */
public final class SubscriptionEvents implements EventHandler {

    private static final Set<String> OF_SUBSCRIPTIONS = Set.of(
            "customer.subscription.created",
            "customer.subscription.updated",
            "customer.subscription.deleted",
            "customer.subscription.paused",
            "customer.subscription.resumed",
            "customer.subscription.trial_will_end",
            "customer.subscription.pending_update_applied",
            "customer.subscription.pending_update_expired");
    private static final Set<String> OF_INVOICES = Set.of(
            "invoice.created",
            "invoice.finalized",
            "invoice.finalization_failed",
            "invoice.paid",
            "invoice.payment_succeeded",
            "invoice.payment_failed",
            "invoice.payment_action_required",
            "invoice.voided",
            "invoice.marked_uncollectible");
    private static final String INVOICE_PAYMENT = "invoice_payment.paid";

    private final Subscriptions subscriptions;

    public SubscriptionEvents(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    @Override
    public Set<String> types() {
        Set<String> all = new HashSet<>(OF_SUBSCRIPTIONS);
        all.addAll(OF_INVOICES);
        all.add(INVOICE_PAYMENT);
        return all;
    }

    @Override
    public Mono<Handling> handle(TakenEvent event) {
        String id = event.objectId();
        return id == null
                ? Mono.just(Handling.ignored())
                : look(event.type(), id).map(SubscriptionEvents::handling);
    }

    private Mono<LookResult> look(String type, String id) {
        if (OF_SUBSCRIPTIONS.contains(type)) {
            return subscriptions.look(id);
        }
        return type.equals(INVOICE_PAYMENT) ? subscriptions.lookAtPayment(id) : subscriptions.lookAtInvoice(id);
    }

    private static Handling handling(LookResult result) {
        return switch (result) {
            case LookResult.Looked _ -> Handling.done();
            case LookResult.NotOurs _ -> Handling.ignored();
            case LookResult.NotThere _ -> new Handling.Later("Stripe has no such object");
            case LookResult.Later(String reason) -> new Handling.Later(reason);
        };
    }
}
