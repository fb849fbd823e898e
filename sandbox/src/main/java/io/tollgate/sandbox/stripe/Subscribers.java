package io.tollgate.sandbox.stripe;

import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * What subscribers do on Stripe's own pages, and the merchant at its dashboard: another card, another plan, the end of
 * it, an open invoice paid.
 */
public final class Subscribers {
    private final Simulation simulation;
    private final Billing billing;
    private final PaymentMethods methods;

    Subscribers(Simulation simulation, Billing billing, PaymentMethods methods) {
        this.simulation = simulation;
        this.billing = billing;
        this.methods = methods;
    }

    /** Sets how failed renewals are tried again from now on, and how that ends. */
    public void dun(Dunning dunning) {
        simulation.inTurn(() -> {
            billing.charges().dun(dunning);
            return dunning;
        });
    }

    /** Saves a card and makes it the one that the subscription is charged to; returns the payment method's id. */
    public String changeCard(String subscription, String cardNumber) {
        return simulation.inTurn(() -> {
            ObjectNode changed = require(subscription);
            ObjectNode method = methods.create(CardEntry.of(CardEntry.card(cardNumber)));
            methods.save(method, changed.path("customer").stringValue());
            String id = method.path("id").stringValue();
            update(changed, "default_payment_method=" + id);
            return id;
        });
    }

    /** Changes the plan as the customer portal does: paid at once, or not changed before it is. */
    public void changePlan(String subscription, String price) {
        String _ = id(() -> {
            ObjectNode changed = require(subscription);
            String item = SubscriptionItems.of(changed).getFirst().path("id").stringValue();
            return update(
                    changed,
                    "items[0][id]=" + item + "&items[0][price]=" + price
                            + "&proration_behavior=always_invoice&payment_behavior=pending_if_incomplete");
        });
    }

    /** Cancels at the end of the period, as the customer portal does. */
    public void cancelAtPeriodEnd(String subscription) {
        String _ = id(() -> update(require(subscription), "cancel_at_period_end=true"));
    }

    /** Takes a cancellation back. */
    public void keep(String subscription) {
        String _ = id(() -> update(require(subscription), "cancel_at_period_end=false"));
    }

    /** Ends a subscription at once, with nothing back. */
    public void cancelNow(String subscription) {
        String _ = id(() -> billing.updates().cancel(require(subscription), Form.parse("")));
    }

    /** Pays an open invoice as its hosted page would; true unless the card was declined or its bank has to ask first. */
    public boolean payInvoice(String invoice, String cardNumber) {
        return simulation.inTurn(
                () -> billing.cards().pay(billing.invoices().require(invoice), CardEntry.of(CardEntry.card(cardNumber)))
                        instanceof InvoiceCards.Result.Paid);
    }

    /** The invoices of a subscription, oldest first. */
    public List<String> invoices(String subscription) {
        return simulation.inTurn(() -> simulation.store().newestFirst(Invoices.KIND).stream()
                .filter(invoice -> Subscriptions.idOf(invoice).equals(subscription))
                .map(invoice -> invoice.path("id").stringValue())
                .toList()
                .reversed());
    }

    private ObjectNode require(String subscription) {
        return simulation.require(Subscriptions.KIND, subscription, "subscription");
    }

    private ObjectNode update(ObjectNode subscription, String form) {
        return billing.updates().update(subscription, Form.parse(form));
    }

    private String id(Supplier<ObjectNode> work) {
        return simulation.inTurn(() -> work.get().path("id").stringValue());
    }
}
