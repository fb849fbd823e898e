package io.tollgate.sandbox.stripe;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The lines that subscriptions put on invoices. */
final class InvoiceLines {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

    private final Simulation simulation;
    private final RecurringDiscounts discounts;

    InvoiceLines(Simulation simulation, RecurringDiscounts discounts) {
        this.simulation = simulation;
        this.discounts = discounts;
    }

    /** A whole period of each item at its price; a trial is a period for nothing. */
    List<ObjectNode> recurring(ObjectNode subscription, List<ObjectNode> items, Period period) {
        boolean trial = subscription.path("status").stringValue().equals("trialing");
        return items.stream()
                .map(item -> {
                    String text = trial
                            ? "Trial period for " + nameOf(item)
                            : item.path("quantity").longValue() + " × " + nameOf(item) + " (at "
                                    + DisplayAmount.of(
                                            item.at("/price/unit_amount").longValue(),
                                            item.at("/price/currency").stringValue())
                                    + " / "
                                    + item.at("/price/recurring/interval").stringValue() + ")";
                    long amount = trial ? 0 : SubscriptionItems.amount(item);
                    ObjectNode line = describe(subscription, item, period, text).put("discountable", true);
                    price(line, amount);
                    discounts.apply(subscription, line);
                    return line;
                })
                .toList();
    }

    /** A line of a one-off sale. */
    ObjectNode sold(ObjectNode line) {
        long now = simulation.clock().epochSecond();
        ObjectNode none = line.objectNode().put("id", "");
        none.putObject("metadata");
        ObjectNode sold = describe(
                        none,
                        line,
                        new Period(now, now),
                        line.path("description").asString(""))
                .put("discountable", true)
                .putNull("subscription");
        sold.putObject("parent")
                .put("type", "invoice_item_details")
                .putNull("subscription_item_details")
                .putObject("invoice_item_details")
                .put("invoice_item", Ids.next("ii_1"))
                .put("proration", false)
                .putNull("proration_details")
                .putNull("subscription");
        price(sold, line.path("amount_subtotal").longValue());
        return sold;
    }

    /** Takes back the part of a debit that was not used. */
    ObjectNode unused(ObjectNode subscription, JsonNode item, long amount, Period left) {
        return prorated(
                describe(subscription, item, left, "Unused time on " + nameOf(item) + " after " + day(left)), -amount);
    }

    /** Asks for the rest of the period at the new price. */
    ObjectNode remaining(ObjectNode subscription, JsonNode item, long amount, Period left) {
        return prorated(
                describe(subscription, item, left, "Remaining time on " + nameOf(item) + " after " + day(left)),
                amount);
    }

    private static String day(Period left) {
        return DAY.format(Instant.ofEpochSecond(left.start()).atZone(ZoneOffset.UTC));
    }

    private static ObjectNode prorated(ObjectNode line, long amount) {
        line.put("discountable", false);
        line.withObject("/parent/subscription_item_details")
                .put("proration", true)
                .put("invoice_item", Ids.next("ii_1"));
        price(line, amount);
        return line;
    }

    private static void price(ObjectNode line, long amount) {
        line.put("amount", amount).put("subtotal", amount);
    }

    private ObjectNode describe(ObjectNode subscription, JsonNode item, Period period, String text) {
        ObjectNode line = JsonNodeFactory.instance
                .objectNode()
                .put("id", Ids.next("il_1"))
                .put("object", "line_item")
                .put("currency", item.at("/price/currency").stringValue())
                .put("description", text)
                .put("livemode", false)
                .put("quantity", item.path("quantity").longValue())
                .put("subscription", subscription.path("id").stringValue());
        List.of("discount_amounts", "discounts", "pretax_credit_amounts", "taxes")
                .forEach(line::putArray);
        line.set("metadata", subscription.path("metadata").deepCopy());
        line.putObject("period").put("start", period.start()).put("end", period.end());
        ObjectNode parent = line.putObject("parent").put("type", "subscription_item_details");
        parent.putNull("invoice_item_details")
                .putObject("subscription_item_details")
                .putNull("invoice_item")
                .put("proration", false)
                .putNull("proration_details")
                .put("subscription", subscription.path("id").stringValue())
                .put("subscription_item", item.path("id").stringValue());
        line.putObject("pricing")
                .put("type", "price_details")
                .put(
                        "unit_amount_decimal",
                        item.at("/price/unit_amount_decimal").asString("0"))
                .putObject("price_details")
                .put("price", item.at("/price/id").stringValue())
                .put("product", productOf(item));
        return line;
    }

    /** What a line debits, discounts counted, tax not. */
    static long net(JsonNode line) {
        return line.path("amount").longValue() - discountOf(line);
    }

    static long discountOf(JsonNode line) {
        return line.path("discount_amounts").values().stream()
                .mapToLong(amount -> amount.path("amount").longValue())
                .sum();
    }

    static String itemOf(JsonNode line) {
        return line.at("/parent/subscription_item_details/subscription_item").asString("");
    }

    private static String productOf(JsonNode item) {
        JsonNode product = item.at("/price/product");
        return product.isObject() ? product.path("id").stringValue() : product.stringValue();
    }

    private String nameOf(JsonNode item) {
        JsonNode product = item.at("/price/product");
        return product.isObject()
                ? product.path("name").stringValue()
                : simulation
                        .store()
                        .find(Products.KIND, product.stringValue())
                        .map(it -> it.path("name").stringValue())
                        .orElse("");
    }
}
