package io.tollgate.sandbox.stripe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes invoices: lines, discounts, tax and what the customer's balance covers. Nothing is stored here. */
final class InvoiceDrafts {
    private static final List<String> UNUSED = List.of(
            "account_name",
            "account_tax_ids",
            "application",
            "automatically_finalizes_at",
            "confirmation_secret",
            "custom_fields",
            "customer_account",
            "customer_shipping",
            "default_payment_method",
            "default_source",
            "description",
            "due_date",
            "effective_at",
            "ending_balance",
            "footer",
            "from_invoice",
            "hosted_invoice_url",
            "invoice_pdf",
            "last_finalization_error",
            "latest_revision",
            "next_payment_attempt",
            "number",
            "on_behalf_of",
            "receipt_number",
            "rendering",
            "shipping_cost",
            "shipping_details",
            "statement_descriptor",
            "test_clock",
            "webhooks_delivered_at");

    private final Simulation simulation;
    private final SessionTotals totals;

    InvoiceDrafts(Simulation simulation, SessionTotals totals) {
        this.simulation = simulation;
        this.totals = totals;
    }

    ObjectNode describe(Bill bill, String id) {
        ObjectNode subscription = bill.subscription();
        ObjectNode invoice = simulation
                .create(Invoices.KIND, id)
                .put("account_country", "US")
                .put("amount_paid", 0)
                .put("amount_shipping", 0)
                .put("amount_overpaid", 0)
                .put("attempt_count", 0)
                .put("attempted", false)
                .put("auto_advance", true)
                .put("billing_reason", bill.reason())
                .put("collection_method", "charge_automatically")
                .put("currency", subscription.path("currency").stringValue())
                .put("period_start", bill.period().start())
                .put("period_end", bill.period().end())
                .put("pre_payment_credit_notes_amount", 0)
                .put("post_payment_credit_notes_amount", 0)
                .put("status", "draft");
        UNUSED.forEach(invoice::putNull);
        List.of("customer_tax_ids", "default_tax_rates", "total_pretax_credit_amounts")
                .forEach(invoice::putArray);
        invoice.set("discounts", subscription.path("discounts").deepCopy());
        invoice.putObject("metadata");
        invoice.putObject("issuer").put("type", "self");
        invoice.putObject("payment_settings")
                .putNull("default_mandate")
                .putNull("payment_method_options")
                .putNull("payment_method_types");
        ObjectNode transitions = invoice.putObject("status_transitions");
        List.of("finalized_at", "marked_uncollectible_at", "paid_at", "voided_at")
                .forEach(transitions::putNull);
        describeCustomer(invoice, subscription.path("customer").stringValue());
        describeParent(invoice, subscription);
        putLines(invoice, bill.lines());
        count(invoice, subscription.at("/automatic_tax/enabled").asBoolean(false));
        return invoice;
    }

    private void describeCustomer(ObjectNode invoice, String id) {
        ObjectNode customer = simulation.require(Customers.KIND, id, "customer");
        invoice.put("customer", id);
        for (String field : List.of("address", "email", "name", "phone", "tax_exempt")) {
            JsonNode value = customer.path(field);
            invoice.set("customer_" + field, value.isMissingNode() ? invoice.nullNode() : value.deepCopy());
        }
        invoice.put("starting_balance", customer.path("balance").asLong(0));
    }

    private static void describeParent(ObjectNode invoice, ObjectNode subscription) {
        ObjectNode parent = invoice.putObject("parent").put("type", "subscription_details");
        parent.putNull("quote_details")
                .putObject("subscription_details")
                .put("subscription", subscription.path("id").stringValue())
                .set("metadata", subscription.path("metadata").deepCopy());
    }

    private static void putLines(ObjectNode invoice, List<ObjectNode> lines) {
        String id = invoice.path("id").stringValue();
        ObjectNode list = invoice.putObject("lines")
                .put("object", "list")
                .put("has_more", false)
                .put("total_count", lines.size())
                .put("url", "/v1/invoices/" + id + "/lines");
        ArrayNode data = list.putArray("data");
        lines.forEach(line -> data.add(line.put("invoice", id)));
    }

    private void count(ObjectNode invoice, boolean taxed) {
        invoice.putObject("automatic_tax")
                .put("enabled", taxed)
                .put("status", taxed ? "complete" : null)
                .putNull("liability")
                .putNull("provider")
                .putNull("disabled_reason");
        long subtotal = 0;
        long net = 0;
        long tax = 0;
        Map<String, Long> off = new LinkedHashMap<>();
        for (JsonNode line : invoice.at("/lines/data")) {
            subtotal += line.path("amount").longValue();
            net += InvoiceLines.net(line);
            line.path("discount_amounts")
                    .forEach(amount -> off.merge(
                            amount.path("discount").stringValue(),
                            amount.path("amount").longValue(),
                            Long::sum));
            if (taxed) {
                tax += tax((ObjectNode) line);
            }
        }
        ArrayNode discounts = invoice.putArray("total_discount_amounts");
        off.forEach((discount, amount) ->
                discounts.addObject().put("amount", amount).put("discount", discount));
        ArrayNode taxes = invoice.putArray("total_taxes");
        if (taxed) {
            describeTax(taxes.addObject(), net, tax);
        }
        invoice.put("subtotal", subtotal)
                .put("subtotal_excluding_tax", subtotal)
                .put("total_excluding_tax", net)
                .put("total", net + tax);
        long due = Math.max(0, net + tax);
        invoice.put("amount_due", due).put("amount_remaining", due);
    }

    private long tax(ObjectNode line) {
        long taxable = InvoiceLines.net(line);
        long tax = Rounding.percent(taxable, totals.taxPercent());
        describeTax(line.putArray("taxes").addObject(), taxable, tax);
        return tax;
    }

    static void describeTax(ObjectNode node, long taxable, long tax) {
        node.put("amount", tax)
                .put("tax_behavior", "exclusive")
                .put("taxability_reason", "standard_rated")
                .put("taxable_amount", taxable)
                .put("type", "tax_rate_details")
                .putNull("tax_rate_details");
    }

    /**
     * Settles a total with the customer's balance: credit (below zero) pays first, debt and what Stripe would not
     * charge for being too little are carried on. Returns the balance afterwards.
     */
    static long settle(ObjectNode invoice, long balance) {
        long owed = invoice.path("total").longValue() + balance;
        long due = owed < PaymentIntents.AMOUNT_MIN ? 0 : owed;
        long ending = due == 0 ? owed : 0;
        invoice.put("starting_balance", balance)
                .put("ending_balance", ending)
                .put("amount_due", due)
                .put("amount_remaining", due);
        return ending;
    }
}
