package io.tollgate.sandbox.stripe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** The life of an invoice: draft, open, then paid, void or uncollectible. Who pays it is {@link InvoiceCharges}. */
final class Invoices {
    static final String KIND = "invoice";

    private final Simulation simulation;
    private final InvoiceDrafts drafts;
    private final PaymentIntents intents;
    private final InvoicePayments payments;
    private final List<Consumer<ObjectNode>> paid = new ArrayList<>();
    private final List<Consumer<ObjectNode>> voided = new ArrayList<>();
    private final List<Consumer<ObjectNode>> writtenOff = new ArrayList<>();
    private volatile String baseUri = "";

    Invoices(Simulation simulation, InvoiceDrafts drafts, PaymentIntents intents, InvoicePayments payments) {
        this.simulation = simulation;
        this.drafts = drafts;
        this.intents = intents;
        this.payments = payments;
    }

    void hostedAt(String uri) {
        baseUri = uri;
    }

    void whenPaid(Consumer<ObjectNode> listener) {
        paid.add(listener);
    }

    void whenVoided(Consumer<ObjectNode> listener) {
        voided.add(listener);
    }

    void whenWrittenOff(Consumer<ObjectNode> listener) {
        writtenOff.add(listener);
    }

    ObjectNode require(String id) {
        return simulation.require(KIND, id, "invoice");
    }

    /** Stores a new draft; {@link #announce} tells of it, when whatever else it changes is done. */
    ObjectNode draft(Bill bill) {
        ObjectNode invoice = drafts.describe(bill, Ids.next("in_1"));
        simulation.store().add(invoice);
        return invoice;
    }

    /** What a customer would have to pay of a bill now. */
    long due(Bill bill, ObjectNode customer) {
        return preview(bill, customer).path("amount_due").longValue();
    }

    /** The invoice that a bill would make, as far as it can be known before it is issued. */
    ObjectNode preview(Bill bill, ObjectNode customer) {
        ObjectNode invoice = drafts.describe(bill, Ids.next("upcoming_in_1"));
        long _ = InvoiceDrafts.settle(invoice, customer.path("balance").longValue());
        return invoice;
    }

    void announce(ObjectNode invoice) {
        simulation.events().emit("invoice.created", invoice);
    }

    /** Makes a draft final: it gets its number, the customer's balance pays its part, an intent asks for the rest. */
    void issue(ObjectNode invoice) {
        ObjectNode customer =
                simulation.require(Customers.KIND, invoice.path("customer").stringValue(), "customer");
        settleBalance(invoice, customer);
        number(invoice, customer);
        if (invoice.path("amount_due").longValue() > 0) {
            ask(invoice);
        }
        simulation.events().emit("invoice.finalized", invoice);
        if (invoice.path("amount_due").longValue() == 0) {
            conclude(invoice);
        }
    }

    /** Makes a draft final that an intent has paid already; the customer's balance has no part in it. */
    void issuePaid(ObjectNode invoice, ObjectNode intent) {
        ObjectNode customer =
                simulation.require(Customers.KIND, invoice.path("customer").stringValue(), "customer");
        invoice.set("ending_balance", invoice.path("starting_balance"));
        number(invoice, customer);
        payments.open(invoice, intent);
        simulation.events().emit("invoice.finalized", invoice);
        conclude(invoice);
    }

    private void number(ObjectNode invoice, ObjectNode customer) {
        long now = simulation.clock().epochSecond();
        String page = baseUri + InvoicePages.PREFIX + invoice.path("id").stringValue();
        invoice.put("status", "open")
                .put("number", nextNumber(customer))
                .put("effective_at", now)
                .put("hosted_invoice_url", page)
                .put("invoice_pdf", page + InvoicePages.PDF)
                .putNull("automatically_finalizes_at")
                .withObject("/status_transitions")
                .put("finalized_at", now);
    }

    private void settleBalance(ObjectNode invoice, ObjectNode customer) {
        long balance = customer.path("balance").longValue();
        long ending = InvoiceDrafts.settle(invoice, balance);
        if (ending != balance) {
            ObjectNode before = customer.deepCopy();
            customer.put("balance", ending);
            simulation.events().emit("customer.updated", customer, before);
        }
    }

    private static String nextNumber(ObjectNode customer) {
        long sequence = customer.path("next_invoice_sequence").longValue();
        customer.put("next_invoice_sequence", sequence + 1);
        return customer.path("invoice_prefix").stringValue() + "-" + String.format(Locale.ROOT, "%04d", sequence);
    }

    private void ask(ObjectNode invoice) {
        ObjectNode terms =
                intents.terms(Form.parse("setup_future_usage=off_session")).put("description", descriptionOf(invoice));
        ObjectNode intent = intents.describe(
                invoice.path("amount_due").longValue(), invoice.path("currency").stringValue(), terms);
        intent.set("customer", invoice.path("customer"));
        payments.open(invoice, intent);
        intents.add(intent);
    }

    private static String descriptionOf(ObjectNode invoice) {
        return switch (invoice.path("billing_reason").stringValue()) {
            case "subscription_create" -> "Subscription creation";
            case "subscription_cycle" -> "Subscription renewal";
            case "subscription_update" -> "Subscription update";
            default -> "Payment for Invoice";
        };
    }

    /** Marks an invoice as paid and tells everyone. */
    void conclude(ObjectNode invoice) {
        invoice.put("status", "paid")
                .put("attempted", true)
                .put("amount_paid", invoice.path("amount_due").longValue())
                .put("amount_remaining", 0)
                .put("auto_advance", false)
                .putNull("next_payment_attempt")
                .withObject("/status_transitions")
                .put("paid_at", simulation.clock().epochSecond());
        simulation.events().emit("invoice.paid", invoice);
        simulation.events().emit("invoice.payment_succeeded", invoice);
        payments.paid(invoice);
        paid.forEach(listener -> listener.accept(invoice));
    }

    ObjectNode annul(ObjectNode invoice) {
        requireStatus(invoice, "void", "draft", "open", "uncollectible");
        withdraw(invoice);
        invoice.put("status", "void")
                .withObject("/status_transitions")
                .put("voided_at", simulation.clock().epochSecond());
        simulation.events().emit("invoice.voided", invoice);
        voided.forEach(listener -> listener.accept(invoice));
        return invoice;
    }

    ObjectNode writeOff(ObjectNode invoice) {
        requireStatus(invoice, "mark as uncollectible", "draft", "open");
        invoice.put("status", "uncollectible")
                .put("auto_advance", false)
                .putNull("next_payment_attempt")
                .withObject("/status_transitions")
                .put("marked_uncollectible_at", simulation.clock().epochSecond());
        simulation.events().emit("invoice.marked_uncollectible", invoice);
        writtenOff.forEach(listener -> listener.accept(invoice));
        return invoice;
    }

    /** Stops to collect an invoice by itself; someone may still pay it. */
    void leave(ObjectNode invoice) {
        invoice.put("auto_advance", false).putNull("next_payment_attempt").putNull("automatically_finalizes_at");
    }

    private void withdraw(ObjectNode invoice) {
        leave(invoice);
        payments.cancel(invoice);
        payments.intent(invoice).filter(Invoices::isUnfinished).ifPresent(intent -> {
            intent.put("status", "canceled")
                    .put("canceled_at", simulation.clock().epochSecond())
                    .put("cancellation_reason", "void_invoice")
                    .putNull("next_action");
            simulation.events().emit("payment_intent.canceled", intent);
        });
    }

    private static boolean isUnfinished(ObjectNode intent) {
        return intent.path("status").stringValue().startsWith("requires_");
    }

    static void requireStatus(ObjectNode invoice, String verb, String... allowed) {
        String status = invoice.path("status").stringValue();
        if (!List.of(allowed).contains(status)) {
            throw ApiException.badRequest("You cannot " + verb + " this invoice: its status is " + status + ".")
                    .with("code", "invoice_not_editable");
        }
    }

    static boolean is(ObjectNode invoice, String status) {
        return invoice.path("status").stringValue().equals(status);
    }
}
