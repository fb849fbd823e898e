package io.tollgate.sandbox.stripe;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Ends subscriptions, at once or at the end of what was paid for. */
final class SubscriptionEnds {
    private final Simulation simulation;
    private final Invoices invoices;
    private final PendingChanges pending;
    private final List<Consumer<ObjectNode>> ended = new ArrayList<>();

    SubscriptionEnds(Simulation simulation, Invoices invoices, PendingChanges pending) {
        this.simulation = simulation;
        this.pending = pending;
        this.invoices = invoices;
    }

    /** Canceled for good; what it still owes stays owed, but nobody collects it by itself any more. */
    void end(ObjectNode subscription, String reason) {
        pending.drop(subscription);
        long now = simulation.clock().epochSecond();
        subscription.put("status", "canceled").put("ended_at", now).putNull("pause_collection");
        if (subscription.path("canceled_at").isNull()) {
            subscription.put("canceled_at", now);
        }
        if (subscription.at("/cancellation_details/reason").isNull()) {
            subscription.withObject("/cancellation_details").put("reason", reason);
        }
        leaveInvoices(subscription);
        simulation.events().emit("customer.subscription.deleted", subscription);
        ended.forEach(listener -> listener.accept(subscription));
    }

    /** Hears of each subscription that is over. */
    void whenEnded(Consumer<ObjectNode> listener) {
        ended.add(listener);
    }

    /** Ends all of a customer's. */
    void endAll(String customer) {
        List.copyOf(simulation.store().newestFirst(Subscriptions.KIND)).stream()
                .filter(it -> it.path("customer").asString("").equals(customer) && Renewals.isRunning(it))
                .forEach(it -> end(it, "cancellation_requested"));
    }

    private void leaveInvoices(ObjectNode subscription) {
        simulation
                .store()
                .find(Invoices.KIND, subscription.path("latest_invoice").asString(""))
                .stream()
                .filter(invoice -> Invoices.is(invoice, "open") || Invoices.is(invoice, "draft"))
                .forEach(invoices::leave);
    }

    /** Never got beyond its first invoice. */
    void expire(ObjectNode subscription) {
        ObjectNode before = subscription.deepCopy();
        subscription
                .put("status", "incomplete_expired")
                .put("ended_at", simulation.clock().epochSecond());
        simulation
                .store()
                .find(Invoices.KIND, subscription.path("latest_invoice").asString(""))
                .stream()
                .filter(invoice -> Invoices.is(invoice, "open"))
                .forEach(invoices::annul);
        simulation.events().emit("customer.subscription.updated", subscription, before);
    }

    /** To end with the period that runs, or, taken back, not to end. */
    void planEnd(ObjectNode subscription, EndPlan plan) {
        switch (plan) {
            case AT_PERIOD_END ->
                subscription
                        .put("cancel_at_period_end", true)
                        .put("cancel_at", SubscriptionItems.period(subscription).end())
                        .put("canceled_at", simulation.clock().epochSecond())
                        .withObject("/cancellation_details")
                        .put("reason", "cancellation_requested");
            case NONE ->
                subscription
                        .put("cancel_at_period_end", false)
                        .putNull("cancel_at")
                        .putNull("canceled_at")
                        .withObject("/cancellation_details")
                        .putNull("reason");
        }
    }

    /** When a subscription is to end. */
    enum EndPlan {
        AT_PERIOD_END,
        NONE
    }
}
