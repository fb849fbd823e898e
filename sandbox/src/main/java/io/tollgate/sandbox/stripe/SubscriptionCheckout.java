package io.tollgate.sandbox.stripe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checkout sessions that begin a subscription. Nothing of it exists before a card is good for it: a declined one leaves
 * the session open, and nothing else.
 */
final class SubscriptionCheckout {
    private final CheckoutPayments payments;
    private final PaymentMethods methods;
    private final SubscriptionBegin begin;
    private final Notes<Form> dataBySession = new Notes<>();

    SubscriptionCheckout(CheckoutPayments payments, PaymentMethods methods, SubscriptionBegin begin) {
        this.payments = payments;
        this.methods = methods;
        this.begin = begin;
    }

    /** Reads {@code subscription_data} and, where there is a trial, makes the lines cost nothing today. */
    void read(ObjectNode session, Form form, ArrayNode lines) {
        Form data = form.object("subscription_data").orElseGet(() -> Form.parse(""));
        ObjectNode subscription = begin.terms().describe(data, items(lines));
        form.text("payment_method_collection");
        dataBySession.put(session.path("id").stringValue(), data);
        if (!subscription.path("trial_end").isNull()) {
            lines.forEach(line -> ((ObjectNode) line).put("amount_subtotal", 0).put("amount_total", 0));
        }
    }

    private List<ObjectNode> items(ArrayNode lines) {
        List<ObjectNode> items = new ArrayList<>();
        for (JsonNode line : lines) {
            items.add(begin.items()
                    .create(
                            (ObjectNode) line.path("price"),
                            line.path("quantity").longValue()));
        }
        return items;
    }

    CheckoutResult pay(ObjectNode session, ArrayNode lines, CardEntry entry) {
        String status = session.path("status").stringValue();
        if (!status.equals("open")) {
            return new CheckoutResult.NotOpen(status);
        }
        boolean costs = session.path("amount_total").longValue() > 0;
        if (!costs && entry.card().whenSaved() instanceof TestCard.Outcome.Declined no) {
            return declined(no);
        }
        if (costs && entry.card().outcome() instanceof TestCard.Outcome.Declined no) {
            TestCard.Outcome _ = payments.attempt(session, methods.create(entry));
            return declined(no);
        }
        return subscribe(session, lines, entry);
    }

    private static CheckoutResult declined(TestCard.Outcome.Declined no) {
        return new CheckoutResult.Declined(no.code(), no.declineCode(), no.message());
    }

    private CheckoutResult subscribe(ObjectNode session, ArrayNode lines, CardEntry entry) {
        String customer = payments.customerOf(session);
        ObjectNode method = methods.create(entry);
        methods.save(method, customer);
        String id = session.path("id").stringValue();
        ObjectNode subscription = begin.terms()
                .describe(dataBySession.find(id).orElseGet(() -> Form.parse("")), items(lines))
                .put("customer", customer)
                .put("default_payment_method", method.path("id").stringValue());
        subscription
                .withObject("/automatic_tax")
                .put("enabled", session.at("/automatic_tax/enabled").asBoolean(false));
        begin.discount(subscription, id);
        ObjectNode invoice = begin.start().begin(subscription);
        Optional<ObjectNode> intent = begin.pay(invoice, method);
        session.put("subscription", subscription.path("id").stringValue())
                .put("invoice", invoice.path("id").stringValue());
        if (session.path("amount_total").longValue() > 0) {
            session.put("payment_status", "paid");
        }
        payments.complete(session, entry.name());
        return new CheckoutResult.Paid(
                id, intent.map(it -> it.path("id").stringValue()).orElse(""), CheckoutSessions.returnUrl(session));
    }
}
