package io.tollgate.sandbox.stripe;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes of subscriptions that wait for their invoice to be paid. Paid, they are made; not paid within 23 hours, or
 * before the period ends, their invoice is void and nothing was changed.
 */
final class PendingChanges {
    private static final Duration PATIENCE = Duration.ofHours(23);

    private final Simulation simulation;
    private final Invoices invoices;
    private final SubscriptionBook book;
    private final Notes<Waiting> waiting = new Notes<>();

    private record Waiting(ObjectNode after, ObjectNode invoice, List<ObjectNode> deferred) {}

    PendingChanges(Simulation simulation, Invoices invoices, SubscriptionBook book) {
        this.simulation = simulation;
        this.invoices = invoices;
        this.book = book;
        invoices.whenPaid(this::paid);
        invoices.whenVoided(this::voided);
    }

    static boolean waitsFor(ObjectNode subscription, ObjectNode invoice) {
        return subscription.path("pending_update").isObject()
                && subscription.path("latest_invoice").equals(invoice.path("id"));
    }

    /** Notes what the subscription will be; {@code deferred} are the invoice's lines that waited before the change. */
    void hold(ObjectNode subscription, ObjectNode after, ObjectNode invoice, List<ObjectNode> deferred) {
        waiting.put(subscription.path("id").stringValue(), new Waiting(after, invoice, deferred));
        long now = simulation.clock().epochSecond();
        ObjectNode shown = subscription
                .putObject("pending_update")
                .put(
                        "expires_at",
                        Math.min(
                                now + PATIENCE.toSeconds(),
                                SubscriptionItems.period(subscription).end()))
                .putNull("metadata")
                .putNull("trial_from_plan");
        shown.set(
                "billing_cycle_anchor",
                after.path("billing_cycle_anchor").equals(subscription.path("billing_cycle_anchor"))
                        ? shown.nullNode()
                        : after.path("billing_cycle_anchor"));
        shown.set(
                "trial_end",
                after.path("trial_end").equals(subscription.path("trial_end"))
                        ? shown.nullNode()
                        : after.path("trial_end"));
        shown.putArray("discounts");
        ArrayNode items = shown.putArray("subscription_items");
        SubscriptionItems.of(after).forEach(item -> items.add(item.deepCopy()));
    }

    private void paid(ObjectNode invoice) {
        take(invoice).ifPresent(change -> {
            ObjectNode subscription = subscription(change);
            ObjectNode before = subscription.deepCopy();
            adopt(subscription, change.after());
            subscription.putNull("pending_update");
            book.count(subscription, invoice);
            simulation.events().emit("customer.subscription.updated", subscription, before);
            simulation.events().emit("customer.subscription.pending_update_applied", subscription, before);
        });
    }

    /** Makes a subscription what a change wants it to be, in all that a change can concern. */
    static void adopt(ObjectNode subscription, ObjectNode after) {
        SubscriptionItems.put(
                subscription,
                SubscriptionItems.of(after).stream().map(ObjectNode::deepCopy).toList());
        List.of("billing_cycle_anchor", "trial_start", "trial_end")
                .forEach(field -> subscription.set(field, after.path(field)));
        String status = after.path("status").stringValue();
        boolean trialChanged = status.equals("trialing")
                != subscription.path("status").stringValue().equals("trialing");
        if (trialChanged) {
            subscription.put("status", status);
        }
        if (subscription.path("cancel_at_period_end").booleanValue()) {
            subscription.put("cancel_at", SubscriptionItems.period(subscription).end());
        }
    }

    private void voided(ObjectNode invoice) {
        take(invoice).ifPresent(change -> {
            ObjectNode subscription = subscription(change);
            ObjectNode before = subscription.deepCopy();
            book.restore(subscription, change.deferred());
            subscription.putNull("pending_update");
            simulation.events().emit("customer.subscription.updated", subscription, before);
            simulation.events().emit("customer.subscription.pending_update_expired", subscription, before);
        });
    }

    private Optional<Waiting> take(ObjectNode invoice) {
        String subscription = Subscriptions.idOf(invoice);
        Optional<Waiting> change =
                waiting.find(subscription).filter(it -> it.invoice().path("id").equals(invoice.path("id")));
        change.ifPresent(_ -> waiting.remove(subscription));
        return change;
    }

    private ObjectNode subscription(Waiting change) {
        return simulation.require(Subscriptions.KIND, Subscriptions.idOf(change.invoice()), "subscription");
    }

    /** Gives up a change that waits, if one does. */
    void drop(ObjectNode subscription) {
        waiting.find(subscription.path("id").stringValue())
                .ifPresentOrElse(
                        change -> invoices.annul(change.invoice()), () -> subscription.putNull("pending_update"));
    }
}
