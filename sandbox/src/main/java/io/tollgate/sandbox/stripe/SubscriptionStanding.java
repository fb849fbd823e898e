package io.tollgate.sandbox.stripe;

import tools.jackson.databind.node.ObjectNode;

/** What the fate of its invoices makes of a subscription: active once paid, past due, in the end canceled or unpaid. */
final class SubscriptionStanding {
    private final Simulation simulation;
    private final InvoiceCharges charges;
    private final SubscriptionEnds ends;

    private SubscriptionStanding(Simulation simulation, InvoiceCharges charges, SubscriptionEnds ends) {
        this.simulation = simulation;
        this.charges = charges;
        this.ends = ends;
    }

    static void watch(Simulation simulation, Invoices invoices, InvoiceCharges charges, SubscriptionEnds ends) {
        SubscriptionStanding standing = new SubscriptionStanding(simulation, charges, ends);
        invoices.whenPaid(standing::paid);
        charges.whenFailed(standing::failed);
        charges.whenExhausted(standing::exhausted);
    }

    private void paid(ObjectNode invoice) {
        Subscriptions.of(simulation, invoice)
                .filter(it -> it.path("latest_invoice").equals(invoice.path("id")))
                .ifPresent(subscription -> {
                    switch (subscription.path("status").stringValue()) {
                        case "incomplete", "past_due", "unpaid" -> become(subscription, "active");
                        default -> {}
                    }
                });
    }

    private void failed(ObjectNode invoice) {
        Subscriptions.of(simulation, invoice)
                .filter(subscription -> !PendingChanges.waitsFor(subscription, invoice))
                .filter(subscription ->
                        subscription.path("status").stringValue().equals("active"))
                .ifPresent(subscription -> become(subscription, "past_due"));
    }

    private void exhausted(ObjectNode invoice) {
        Subscriptions.of(simulation, invoice)
                .filter(subscription ->
                        subscription.path("status").stringValue().equals("past_due"))
                .ifPresent(subscription -> {
                    switch (charges.dunning().end()) {
                        case CANCEL -> ends.end(subscription, "payment_failed");
                        case UNPAID -> become(subscription, "unpaid");
                        case PAST_DUE -> {}
                    }
                });
    }

    private void become(ObjectNode subscription, String status) {
        ObjectNode before = subscription.deepCopy();
        subscription.put("status", status);
        simulation.events().emit("customer.subscription.updated", subscription, before);
    }
}
