package io.tollgate.sandbox.stripe;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /i/{invoice}}: the page on which a customer pays an invoice, with a card that is then kept for the next. */
final class InvoicePages {
    static final String PREFIX = "/i/";
    static final String PDF = "/pdf";

    private final Simulation simulation;
    private final InvoiceCards cards;

    InvoicePages(Simulation simulation, InvoiceCards cards) {
        this.simulation = simulation;
        this.cards = cards;
    }

    Reply handle(Incoming request) {
        String rest = request.path().substring(PREFIX.length());
        boolean pdf = rest.endsWith(PDF);
        String id = pdf ? rest.substring(0, rest.length() - PDF.length()) : rest;
        return simulation.inTurn(() -> {
            Optional<ObjectNode> invoice = simulation.store().find(Invoices.KIND, id);
            if (invoice.isEmpty()) {
                return Reply.html(404, CheckoutPage.said("Not found", "There is no such invoice."));
            }
            if (pdf) {
                return new Reply.Answer(200, Map.of("Content-Type", "application/pdf"), InvoicePdf.of(invoice.get()));
            }
            return switch (request.method()) {
                case "GET" -> show(invoice.get(), 200, CheckoutPage.Fields.PREFILLED);
                case "POST" -> pay(invoice.get(), request.body());
                default -> Reply.of(ApiException.unknownUrl(request.method(), request.path()));
            };
        });
    }

    private Reply show(ObjectNode invoice, int status, CheckoutPage.Fields fields) {
        return Invoices.is(invoice, "open") || Invoices.is(invoice, "uncollectible")
                ? Reply.html(status, CheckoutPage.invoice(invoice, fields))
                : Reply.html(
                        200,
                        CheckoutPage.said(
                                "Invoice " + invoice.path("number").asString(""),
                                "This invoice is " + invoice.path("status").stringValue() + "."));
    }

    private Reply pay(ObjectNode invoice, String body) {
        CheckoutPage.Fields fields = CheckoutPage.Fields.PREFILLED;
        try {
            Form form = Form.parse(body);
            fields = CheckoutPage.Fields.typed(form);
            CardEntry entry = CardEntry.parse(form, simulation.clock());
            return switch (cards.pay(invoice, entry)) {
                case InvoiceCards.Result.Paid _ -> show(invoice, 200, fields);
                case InvoiceCards.Result.Asks asks -> Reply.seeOther(asks.page());
                case InvoiceCards.Result.Declined no -> show(invoice, 402, fields.because(no.message()));
            };
        } catch (ApiException refused) {
            return show(invoice, refused.status(), fields.because(String.valueOf(refused.getMessage())));
        }
    }
}
