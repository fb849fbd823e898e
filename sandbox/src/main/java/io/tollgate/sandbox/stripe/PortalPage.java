package io.tollgate.sandbox.stripe;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The portal as HTML: each subscription with what can be done about it, the card, the invoices. */
record PortalPage(Simulation simulation, PortalActions actions, ObjectNode session) {
    private static final Template CARD = Template.load("portal-card.html");
    private static final int INVOICES_MAX = 12;

    String html(String problem) {
        String error =
                problem.isEmpty() ? "" : "<p class=\"error\" role=\"alert\">" + CheckoutPage.escape(problem) + "</p>";
        String subscriptions =
                actions.subscriptions(session).stream().map(this::subscription).collect(Collectors.joining());
        String returnUrl = session.path("return_url").asString("");
        String back = returnUrl.isEmpty()
                ? ""
                : "<a class=\"back\" href=\"" + CheckoutPage.escape(returnUrl) + "\">Return</a>";
        return CheckoutPage.page(
                "Your subscription",
                "<h1>Your subscription</h1>" + error
                        + (subscriptions.isEmpty() ? "<p>You have no subscription.</p>" : subscriptions) + card()
                        + invoices() + back);
    }

    private String subscription(ObjectNode subscription) {
        String id = subscription.path("id").stringValue();
        JsonNode price = SubscriptionItems.of(subscription).getFirst().path("price");
        String end = Instant.ofEpochSecond(
                        SubscriptionItems.period(subscription).end())
                .atZone(ZoneOffset.UTC)
                .toLocalDate()
                .toString();
        boolean ending = subscription.path("cancel_at_period_end").booleanValue();
        boolean changing = !subscription.path("schedule").isNull();
        StringBuilder html = new StringBuilder("<p class=\"total\">")
                .append(named(price))
                .append("</p><p>Status: ")
                .append(CheckoutPage.escape(subscription.path("status").stringValue()))
                .append(ending ? ". Ends on " : changing ? ". Changes on " : ". Renews on ")
                .append(end)
                .append(".</p>");
        for (ObjectNode choice : actions.choices(session, subscription)) {
            html.append(button(
                    Map.of("action", "change", "price", choice.path("id").stringValue(), "subscription", id),
                    "Change to " + named(choice)));
        }
        if (ending || changing) {
            html.append(button(Map.of("action", "keep", "subscription", id), "Keep the current plan"));
        } else if (actions.allows(session, "subscription_cancel")) {
            html.append(button(Map.of("action", "cancel", "subscription", id), "Cancel the plan"));
        }
        return html.toString();
    }

    private String named(JsonNode price) {
        String product = simulation
                .store()
                .find(Products.KIND, price.path("product").asString(""))
                .map(it -> it.path("name").stringValue())
                .orElse("");
        String amount = DisplayAmount.of(
                price.path("unit_amount").longValue(), price.path("currency").stringValue());
        return CheckoutPage.escape(
                product + " " + amount + " / " + price.at("/recurring/interval").asString(""));
    }

    private static String button(Map<String, String> fields, String label) {
        String hidden = fields.entrySet().stream()
                .map(field -> "<input type=\"hidden\" name=\"" + field.getKey() + "\" value=\""
                        + CheckoutPage.escape(field.getValue()) + "\">")
                .collect(Collectors.joining());
        return "<form method=\"post\">" + hidden + "<button type=\"submit\">" + label + "</button></form>";
    }

    private String card() {
        if (!actions.allows(session, "payment_method_update")) {
            return "";
        }
        CheckoutPage.Fields fields = CheckoutPage.Fields.PREFILLED;
        return CARD.fill(Map.of("number", fields.number(), "expiry", fields.expiry(), "cvc", fields.cvc()));
    }

    private String invoices() {
        if (!actions.allows(session, "invoice_history")) {
            return "";
        }
        return simulation.store().newestFirst(Invoices.KIND).stream()
                .filter(invoice -> invoice.path("customer").equals(session.path("customer")))
                .limit(INVOICES_MAX)
                .map(PortalPage::invoice)
                .collect(Collectors.joining("", "<h1>Invoices</h1><ul>", "</ul>"));
    }

    private static String invoice(ObjectNode invoice) {
        String amount = DisplayAmount.of(
                invoice.path("total").longValue(), invoice.path("currency").stringValue());
        String number = invoice.path("number").asString("Draft");
        String url = invoice.path("hosted_invoice_url").asString("");
        String link = url.isEmpty()
                ? CheckoutPage.escape(number)
                : "<a href=\"" + CheckoutPage.escape(url) + "\">" + CheckoutPage.escape(number) + "</a>";
        return "<li><span>" + link + " ("
                + CheckoutPage.escape(invoice.path("status").stringValue()) + ")</span><span>"
                + CheckoutPage.escape(amount) + "</span></li>";
    }
}
