package io.tollgate.sandbox.stripe;

import tools.jackson.databind.node.ObjectNode;

/** Pays open invoices with a card that its holder enters; once it has paid, it is the subscription's card. */
final class InvoiceCards {
    private final Simulation simulation;
    private final InvoiceCharges charges;
    private final PaymentIntents intents;
    private final PaymentMethods methods;
    private final Notes<String> entered = new Notes<>();

    /** What became of it. */
    sealed interface Result {
        record Paid() implements Result {}

        /** The bank asks its cardholder on a page. */
        record Asks(String page) implements Result {}

        record Declined(String code, String declineCode, String message) implements Result {}
    }

    InvoiceCards(
            Simulation simulation,
            Invoices invoices,
            InvoiceCharges charges,
            PaymentIntents intents,
            PaymentMethods methods) {
        this.simulation = simulation;
        this.charges = charges;
        this.intents = intents;
        this.methods = methods;
        invoices.whenPaid(this::keep);
    }

    Result pay(ObjectNode invoice, CardEntry entry) {
        Invoices.requireStatus(invoice, "pay", "open", "uncollectible");
        ObjectNode method = methods.create(entry);
        entered.put(invoice.path("id").stringValue(), method.path("id").stringValue());
        if (methods.wantsHolder(method)) {
            ObjectNode intent = charges.intentOf(invoice);
            intents.requireAction(intent, method);
            return new Result.Asks(intent.at("/next_action/redirect_to_url/url").stringValue());
        }
        return charges.chargeOnSession(invoice, method) instanceof TestCard.Outcome.Declined no
                ? new Result.Declined(no.code(), no.declineCode(), no.message())
                : new Result.Paid();
    }

    private void keep(ObjectNode invoice) {
        Subscriptions.of(simulation, invoice)
                .filter(Renewals::isRunning)
                .ifPresent(subscription -> charges.intent(invoice)
                        .map(intent -> intent.path("payment_method").asString(""))
                        .filter(method -> isToBeKept(invoice, method)
                                || subscription
                                        .at("/payment_settings/save_default_payment_method")
                                        .stringValue()
                                        .equals("on_subscription"))
                        .filter(method -> !method.equals(
                                subscription.path("default_payment_method").asString("")))
                        .ifPresent(method -> {
                            ObjectNode before = subscription.deepCopy();
                            subscription.put("default_payment_method", method);
                            simulation.events().emit("customer.subscription.updated", subscription, before);
                        }));
    }

    private boolean isToBeKept(ObjectNode invoice, String method) {
        return entered.find(invoice.path("id").stringValue())
                .filter(method::equals)
                .isPresent();
    }
}
