package io.tollgate.sandbox.stripe;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What subscriptions were debited, what waits for their next invoice, and making invoices of both. */
final class SubscriptionBook {
    private final Simulation simulation;
    private final Invoices invoices;
    private final RecurringDiscounts discounts;
    private final Notes<Debit> debits = new Notes<>();
    private final Notes<List<ObjectNode>> waiting = new Notes<>();

    SubscriptionBook(Simulation simulation, Invoices invoices, RecurringDiscounts discounts) {
        this.simulation = simulation;
        this.invoices = invoices;
        this.discounts = discounts;
    }

    /** Drafts an invoice and makes it the subscription's latest; nothing is told yet. */
    ObjectNode draft(Bill bill) {
        ObjectNode invoice = invoices.draft(bill);
        bill.subscription().put("latest_invoice", invoice.path("id").stringValue());
        return invoice;
    }

    /** Notes what the lines debit, once they count: with the period they are for, or when a waiting change is paid. */
    void count(ObjectNode subscription, ObjectNode invoice) {
        discounts.spend(subscription, invoice);
        invoice.at("/lines/data").forEach(this::count);
    }

    /** A credit takes all of what was left of a debit; the charge that follows it is the new one. */
    void count(JsonNode line) {
        debits.put(
                InvoiceLines.itemOf(line),
                new Debit(
                        Math.max(0, InvoiceLines.net(line)),
                        new Period(
                                line.at("/period/start").longValue(),
                                line.at("/period/end").longValue())));
    }

    Optional<Debit> debit(ObjectNode item) {
        return debits.find(item.path("id").stringValue());
    }

    /** Keeps lines for the next invoice. */
    void defer(ObjectNode subscription, List<ObjectNode> lines) {
        restore(subscription, lines);
        lines.forEach(this::count);
        lines.forEach(line -> simulation.events().emit("invoiceitem.created", invoiceItem(subscription, line)));
    }

    void restore(ObjectNode subscription, List<ObjectNode> lines) {
        List<ObjectNode> all =
                Stream.concat(waiting(subscription).stream(), lines.stream()).toList();
        waiting.put(subscription.path("id").stringValue(), all);
    }

    List<ObjectNode> waiting(ObjectNode subscription) {
        return waiting.find(subscription.path("id").stringValue()).orElse(List.of());
    }

    List<ObjectNode> takeWaiting(ObjectNode subscription) {
        List<ObjectNode> lines = waiting(subscription);
        waiting.remove(subscription.path("id").stringValue());
        return lines;
    }

    private ObjectNode invoiceItem(ObjectNode subscription, ObjectNode line) {
        ObjectNode item = simulation.create(
                "invoiceitem",
                line.at("/parent/subscription_item_details/invoice_item").stringValue());
        item.remove("created");
        item.put("date", simulation.clock().epochSecond())
                .put("customer", subscription.path("customer").stringValue())
                .put("proration", true)
                .putNull("invoice");
        for (String field :
                List.of("amount", "currency", "description", "discountable", "period", "pricing", "quantity")) {
            item.set(field, line.path(field).deepCopy());
        }
        item.putObject("metadata");
        item.putObject("parent")
                .put("type", "subscription_details")
                .putObject("subscription_details")
                .put("subscription", subscription.path("id").stringValue())
                .put("subscription_item", InvoiceLines.itemOf(line));
        return item;
    }
}
