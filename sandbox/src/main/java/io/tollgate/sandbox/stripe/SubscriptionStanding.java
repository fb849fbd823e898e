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
        invoices.whenVoided(standing::recover);
        invoices.whenWrittenOff(standing::recover);
        charges.whenFailed(standing::failed);
        charges.whenExhausted(standing::exhausted);
    }

    private void paid(ObjectNode invoice) {
        Subscriptions.of(simulation, invoice)
                .filter(subscription -> is(subscription, "incomplete"))
                .ifPresent(subscription -> become(subscription, "active"));
        recover(invoice);
    }

    /** Nothing is owed any more that was asked for in vain. */
    private void recover(ObjectNode invoice) {
        Subscriptions.of(simulation, invoice)
                .filter(subscription -> is(subscription, "past_due") || is(subscription, "unpaid"))
                .filter(subscription -> !owes(subscription))
                .ifPresent(subscription -> become(subscription, "active"));
    }

    private boolean owes(ObjectNode subscription) {
        String id = subscription.path("id").stringValue();
        return simulation.store().newestFirst(Invoices.KIND).stream()
                .anyMatch(invoice -> Subscriptions.idOf(invoice).equals(id)
                        && Invoices.is(invoice, "open")
                        && !PendingChanges.waitsFor(subscription, invoice));
    }

    private static boolean is(ObjectNode subscription, String status) {
        return subscription.path("status").stringValue().equals(status);
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
