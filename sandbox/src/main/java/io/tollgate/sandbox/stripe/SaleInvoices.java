package io.tollgate.sandbox.stripe;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Invoices of one-off payments whose session asked for one: they come with the money, paid from the start. */
final class SaleInvoices {
    private final Simulation simulation;
    private final InvoiceDrafts drafts;
    private final InvoiceLines lines;
    private final Invoices invoices;

    SaleInvoices(Simulation simulation, InvoiceDrafts drafts, InvoiceLines lines, Invoices invoices) {
        this.simulation = simulation;
        this.drafts = drafts;
        this.lines = lines;
        this.invoices = invoices;
    }

    /** Gives a session that was paid by an intent its invoice, if it wants one. */
    void invoice(ObjectNode session, ArrayNode sold, ObjectNode intent) {
        if (!session.at("/invoice_creation/enabled").asBoolean(false)) {
            return;
        }
        long now = simulation.clock().epochSecond();
        List<ObjectNode> sales = sold.values().stream()
                .map(line -> lines.sold((ObjectNode) line))
                .toList();
        ObjectNode invoice =
                drafts.describe(new Bill(payer(session), "manual", sales, new Period(now, now)), Ids.next("in_1"));
        invoice.putNull("parent");
        invoice.set(
                "metadata",
                session.at("/invoice_creation/invoice_data/metadata").deepCopy());
        total(invoice, session);
        simulation.store().add(invoice);
        session.put("invoice", invoice.path("id").stringValue());
        invoices.announce(invoice);
        invoices.issuePaid(invoice, intent);
    }

    /** What an invoice has to know of whom and in what it bills. */
    private static ObjectNode payer(ObjectNode session) {
        ObjectNode payer = session.objectNode();
        payer.put("id", "");
        payer.set("customer", session.path("customer"));
        payer.set("currency", session.path("currency"));
        payer.putObject("metadata");
        payer.putArray("discounts");
        return payer;
    }

    /** Discount and tax are the session's. */
    private static void total(ObjectNode invoice, ObjectNode session) {
        long total = session.path("amount_total").longValue();
        long off = session.at("/total_details/amount_discount").asLong(0);
        long tax = session.at("/total_details/amount_tax").asLong(0);
        invoice.put("total", total)
                .put("total_excluding_tax", total - tax)
                .put("amount_due", total)
                .put("amount_remaining", total);
        if (off > 0) {
            invoice.withArray("/total_discount_amounts")
                    .addObject()
                    .put("amount", off)
                    .putNull("discount");
        }
        if (tax > 0) {
            InvoiceDrafts.describeTax(invoice.withArray("/total_taxes").addObject(), total - tax, tax);
        }
        invoice.withObject("/automatic_tax")
                .put("enabled", session.at("/automatic_tax/enabled").asBoolean(false));
    }
}
