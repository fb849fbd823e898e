package io.tollgate.sandbox.stripe;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The hosted page as HTML: works without scripts, on a phone and with a screen reader. */
final class CheckoutPage {
    private static final Template PAGE = Template.load("page.html");
    private static final Template CHECKOUT = Template.load("checkout.html");

    private CheckoutPage() {}

    /** What the buyer sees in the fields, and why the last attempt failed, if one did. */
    record Fields(String number, String expiry, String cvc, String name, String error) {
        static final Fields PREFILLED = new Fields(
                CardEntry.NUMBER_PREFILLED, CardEntry.EXPIRY_PREFILLED, CardEntry.CVC_PREFILLED, "Test Buyer", "");

        static Fields typed(Form form) {
            return new Fields(
                    form.text("number").orElse(""),
                    form.text("expiry").orElse(""),
                    form.text("cvc").orElse(""),
                    form.text("name").orElse(""),
                    "");
        }

        Fields because(String reason) {
            return new Fields(number, expiry, cvc, name, reason);
        }
    }

    static String open(ObjectNode session, JsonNode lines, Fields fields) {
        String back = link(session.path("cancel_url").asString(""), "Back");
        return form(amount(session, "amount_total"), lines(lines, "amount_total"), fields, back);
    }

    /** An invoice that waits to be paid. */
    static String invoice(ObjectNode invoice, Fields fields) {
        return form(amount(invoice, "amount_due"), lines(invoice.at("/lines/data"), "amount"), fields, "");
    }

    private static String form(String total, String lines, Fields fields, String back) {
        String content = CHECKOUT.fill(Map.of(
                "total", escape(total),
                "lines", lines,
                "error", error(fields.error()),
                "number", escape(fields.number()),
                "expiry", escape(fields.expiry()),
                "cvc", escape(fields.cvc()),
                "name", escape(fields.name()),
                "back", back));
        return page("Pay " + escape(total), content);
    }

    static String paid(ObjectNode session) {
        String text = "<h1>This payment is complete</h1><p class=\"total\">" + escape(amount(session, "amount_total"))
                + "</p><p>You have already paid. Nothing was charged again.</p>";
        return page("Payment complete", text + link(CheckoutSessions.returnUrl(session), "Continue"));
    }

    static String expired(ObjectNode session) {
        String text = "<h1>This checkout session has expired</h1><p>Nothing was charged. Go back and start again.</p>";
        return page("Session expired", text + link(session.path("cancel_url").asString(""), "Back"));
    }

    static String notFound() {
        return page("Not found", "<h1>There is no such checkout session</h1><p>Check the address, or start again.</p>");
    }

    /** The bank's question to its cardholder. */
    static String question(ObjectNode intent) {
        String text = "<h1>Your bank asks: is this payment yours?</h1><p class=\"total\">"
                + escape(amount(intent, "amount")) + "</p><form method=\"post\">"
                + "<button name=\"answer\" value=\"approve\">Yes, pay</button>"
                + "<button name=\"answer\" value=\"refuse\">No</button></form>";
        return page("Approve a payment", text);
    }

    static String said(String title, String text) {
        return page(escape(title), "<h1>" + escape(title) + "</h1><p>" + escape(text) + "</p>");
    }

    static String page(String title, String content) {
        return PAGE.fill(Map.of("title", title, "content", content));
    }

    private static String error(String message) {
        return message.isEmpty() ? "" : "<p class=\"error\" role=\"alert\">" + escape(message) + "</p>";
    }

    private static String lines(JsonNode lines, String amount) {
        return StreamSupport.stream(lines.spliterator(), false)
                .map(line -> "<li><span>" + escape(line.path("description").asString("")) + " × "
                        + line.path("quantity").longValue() + "</span><span>" + escape(amount(line, amount))
                        + every(line) + "</span></li>")
                .collect(Collectors.joining());
    }

    /** That a line comes back, as Stripe says it. */
    private static String every(JsonNode line) {
        String interval = line.at("/price/recurring/interval").asString("");
        return interval.isEmpty() ? "" : " every " + escape(interval);
    }

    private static String amount(JsonNode priced, String field) {
        return DisplayAmount.of(
                priced.path(field).longValue(), priced.path("currency").stringValue());
    }

    private static String link(String url, String text) {
        return url.isEmpty() ? "" : "<a class=\"back\" href=\"" + escape(url) + "\">" + text + "</a>";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
