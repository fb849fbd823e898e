package io.tollgate.sandbox.stripe;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/invoice_payments}: which intent pays which invoice; neither says so of the other itself. */
final class InvoicePayments {
    static final String KIND = "invoice_payment";

    private final Simulation simulation;
    private final Notes<ObjectNode> byInvoice = new Notes<>();
    private final Notes<ObjectNode> byIntent = new Notes<>();

    InvoicePayments(Simulation simulation) {
        this.simulation = simulation;
    }

    void register(Router router, Expansion expansion) {
        router.get("/v1/invoice_payments", this::list).get("/v1/invoice_payments/{id}", request -> {
            request.form().rejectUnread();
            return simulation.require(KIND, request.id(), "id");
        });
        expansion.include(Invoices.KIND, "payments", this::of);
        expansion.include(Invoices.KIND, "confirmation_secret", this::secretOf);
    }

    private ObjectNode list(ApiRequest request) {
        Optional<Form> payment = request.form().object("payment");
        payment.ifPresent(it -> it.text("type"));
        Optional<String> intent = payment.flatMap(it -> it.text("payment_intent"));
        return Listing.page(
                simulation,
                request,
                KIND,
                it -> intent.isEmpty() || intentOf(it).equals(intent.get()),
                "invoice",
                "status");
    }

    private ObjectNode of(ObjectNode invoice) {
        String id = invoice.path("id").stringValue();
        ObjectNode list = invoice.objectNode()
                .put("object", "list")
                .put("has_more", false)
                .put("url", "/v1/invoice_payments?invoice=" + id);
        var data = list.putArray("data");
        byInvoice.find(id).ifPresent(payment -> data.add(payment.deepCopy()));
        return list;
    }

    private ObjectNode secretOf(ObjectNode invoice) {
        return byInvoice
                .find(invoice.path("id").stringValue())
                .flatMap(payment -> simulation.store().find(PaymentIntents.KIND, intentOf(payment)))
                .map(intent -> invoice.objectNode()
                        .put("type", "payment_intent")
                        .put("client_secret", intent.path("client_secret").stringValue()))
                .orElseGet(() -> invoice.objectNode().put("type", "payment_intent"));
    }

    private static String intentOf(ObjectNode payment) {
        return payment.at("/payment/payment_intent").asString("");
    }

    void open(ObjectNode invoice, ObjectNode intent) {
        ObjectNode payment = simulation
                .create(KIND, Ids.next("inpay_1"))
                .putNull("amount_paid")
                .put("amount_requested", invoice.path("amount_due").longValue())
                .put("currency", invoice.path("currency").stringValue())
                .put("invoice", invoice.path("id").stringValue())
                .put("is_default", true)
                .put("status", "open");
        payment.putObject("payment")
                .put("type", "payment_intent")
                .put("payment_intent", intent.path("id").stringValue());
        payment.putObject("status_transitions").putNull("canceled_at").putNull("paid_at");
        simulation.store().add(payment);
        byInvoice.put(invoice.path("id").stringValue(), payment);
        byIntent.put(intent.path("id").stringValue(), payment);
    }

    /** The intent that is to pay an invoice. */
    Optional<ObjectNode> intent(ObjectNode invoice) {
        return byInvoice
                .find(invoice.path("id").stringValue())
                .flatMap(payment -> simulation.store().find(PaymentIntents.KIND, intentOf(payment)));
    }

    /** The invoice that an intent is to pay. */
    Optional<ObjectNode> invoice(ObjectNode intent) {
        return byIntent.find(intent.path("id").stringValue())
                .flatMap(payment -> simulation
                        .store()
                        .find(Invoices.KIND, payment.path("invoice").stringValue()));
    }

    void paid(ObjectNode invoice) {
        byInvoice.find(invoice.path("id").stringValue()).ifPresent(payment -> {
            payment.put("status", "paid")
                    .put("amount_paid", payment.path("amount_requested").longValue())
                    .withObject("/status_transitions")
                    .put("paid_at", simulation.clock().epochSecond());
            simulation.events().emit("invoice_payment.paid", payment);
        });
    }

    void cancel(ObjectNode invoice) {
        byInvoice
                .find(invoice.path("id").stringValue())
                .filter(payment -> payment.path("status").stringValue().equals("open"))
                .ifPresent(payment -> payment.put("status", "canceled")
                        .withObject("/status_transitions")
                        .put("canceled_at", simulation.clock().epochSecond()));
    }
}
