package io.tollgate.sandbox.stripe;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/invoices}. */
final class InvoiceEndpoints {
    private final Simulation simulation;
    private final Invoices invoices;
    private final InvoiceCharges charges;
    private final PaymentMethods methods;

    InvoiceEndpoints(Simulation simulation, Invoices invoices, InvoiceCharges charges, PaymentMethods methods) {
        this.simulation = simulation;
        this.invoices = invoices;
        this.charges = charges;
        this.methods = methods;
    }

    void register(Router router) {
        router.get("/v1/invoices", this::list)
                .get("/v1/invoices/{id}", request -> {
                    request.form().rejectUnread();
                    return invoices.require(request.id());
                })
                .post("/v1/invoices/{id}", this::update)
                .get(
                        "/v1/invoices/{id}/lines",
                        request -> Listing.page(
                                request,
                                List.copyOf(invoices.require(request.id())
                                        .at("/lines/data")
                                        .values())))
                .post("/v1/invoices/{id}/finalize", this::issue)
                .post("/v1/invoices/{id}/pay", this::pay)
                .post("/v1/invoices/{id}/void", request -> {
                    request.form().rejectUnread();
                    ObjectNode invoice = invoices.require(request.id());
                    Invoices.requireStatus(invoice, "void", "open", "uncollectible");
                    return invoices.annul(invoice);
                })
                .post("/v1/invoices/{id}/mark_uncollectible", request -> {
                    request.form().rejectUnread();
                    ObjectNode invoice = invoices.require(request.id());
                    Invoices.requireStatus(invoice, "mark as uncollectible", "open");
                    return invoices.writeOff(invoice);
                });
    }

    private ObjectNode list(ApiRequest request) {
        Optional<String> subscription = request.form().text("subscription");
        return Listing.page(
                simulation,
                request,
                Invoices.KIND,
                invoice -> subscription.isEmpty() || Subscriptions.idOf(invoice).equals(subscription.get()),
                "customer",
                "status",
                "collection_method");
    }

    private ObjectNode update(ApiRequest request) {
        ObjectNode invoice = invoices.require(request.id());
        Form form = request.form();
        ObjectNode before = invoice.deepCopy();
        ObjectNode metadata = Metadata.merged((ObjectNode) invoice.path("metadata"), form);
        Optional<Boolean> advance = form.flag("auto_advance");
        form.rejectUnread();
        invoice.set("metadata", metadata);
        advance.ifPresent(is -> invoice.put("auto_advance", is));
        if (advance.orElse(false) && Invoices.is(invoice, "draft")) {
            charges.collectLater(invoice);
        }
        simulation.events().emit("invoice.updated", invoice, before);
        return invoice;
    }

    private ObjectNode issue(ApiRequest request) {
        ObjectNode invoice = invoices.require(request.id());
        Optional<Boolean> advance = request.form().flag("auto_advance");
        request.form().rejectUnread();
        Invoices.requireStatus(invoice, "finalize", "draft");
        advance.ifPresent(is -> invoice.put("auto_advance", is));
        invoices.issue(invoice);
        return invoice;
    }

    private ObjectNode pay(ApiRequest request) {
        ObjectNode invoice = invoices.require(request.id());
        Form form = request.form();
        Optional<String> chosen = form.text("payment_method");
        boolean outOfBand = form.flag("paid_out_of_band").orElse(false);
        form.flag("off_session");
        form.flag("forgive");
        form.rejectUnread();
        Invoices.requireStatus(invoice, "pay", "draft", "open", "uncollectible");
        Optional<ObjectNode> method =
                chosen.map(id -> methods.usable(id, invoice)).or(() -> charges.defaultMethod(invoice));
        if (Invoices.is(invoice, "draft")) {
            invoices.issue(invoice);
        }
        if (outOfBand) {
            invoices.conclude(invoice);
        }
        if (Invoices.is(invoice, "paid")) {
            return invoice;
        }
        charge(
                invoice,
                method.orElseThrow(() -> ApiException.badRequest(
                        "This customer has no attached payment source or default payment method.")));
        return invoice;
    }

    /** What goes wrong is told as a card error, as with an intent. */
    private void charge(ObjectNode invoice, ObjectNode method) {
        Optional<TestCard.Outcome.Declined> refusal = charges.refusal(method);
        charges.charge(invoice, method);
        if (refusal.isPresent()) {
            ObjectNode intent = charges.intentOf(invoice);
            boolean waits = intent.path("status").stringValue().equals("requires_action");
            throw ApiException.declined(
                            waits
                                    ? new TestCard.Outcome.Declined(
                                            "invoice_payment_intent_requires_action",
                                            "",
                                            "Payment for this invoice requires additional user action before it can be"
                                                    + " completed successfully.")
                                    : refusal.get())
                    .with("payment_intent", intent.deepCopy())
                    .with("payment_method", method.deepCopy());
        }
    }
}
