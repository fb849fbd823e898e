package io.tollgate.sandbox.stripe;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The lines of a checkout session: a price, given by id or on the spot, times a quantity. */
final class LineItems {
    private static final int LINES_MAX = 100;

    private final Simulation simulation;
    private final Prices prices;

    /** What is bought; every line is in the one currency. */
    record Order(ArrayNode lines, String currency, long total) {}

    LineItems(Simulation simulation, Prices prices) {
        this.simulation = simulation;
        this.prices = prices;
    }

    /** Reads the lines; a session sells either one-off prices or recurring ones. */
    Order read(Form form, String mode) {
        List<Form> entries = form.objects("line_items");
        if (entries.isEmpty()) {
            throw ApiException.missingParameter("line_items");
        }
        if (entries.size() > LINES_MAX) {
            throw ApiException.badParameter("line_items", "parameter_invalid", "At most 100 line items are allowed.");
        }
        ArrayNode lines = JsonNodeFactory.instance.arrayNode();
        entries.forEach(entry -> lines.add(line(entry, mode)));
        String currency = lines.path(0).path("currency").stringValue();
        long total = 0;
        for (var line : lines) {
            if (!line.path("currency").stringValue().equals(currency)) {
                throw ApiException.badParameter(
                        "line_items", "parameter_invalid", "All line items must have the same currency.");
            }
            total = Math.addExact(total, line.path("amount_total").longValue());
        }
        if (total != 0) {
            PaymentIntents.requireChargeable(total, "line_items");
        }
        return new Order(lines, currency, total);
    }

    private ObjectNode line(Form form, String mode) {
        ObjectNode price = form.object("price_data")
                .map(prices::describe)
                .orElseGet(() -> simulation.require(Prices.KIND, form.requiredText("price"), form.nameOf("price")));
        checkKind(price, form, mode);
        long quantity = form.requiredInteger("quantity");
        if (quantity < 1 || quantity > 999_999) {
            throw ApiException.badParameter(
                    form.nameOf("quantity"), "parameter_invalid_integer", "Quantity must be between 1 and 999999.");
        }
        long amount = Math.multiplyExact(price.path("unit_amount").longValue(), quantity);
        ObjectNode line = JsonNodeFactory.instance
                .objectNode()
                .put("id", Ids.next("li_1"))
                .put("object", "item")
                .put("amount_discount", 0)
                .put("amount_subtotal", amount)
                .put("amount_tax", 0)
                .put("amount_total", amount)
                .put("currency", price.path("currency").stringValue())
                .put("description", nameOf(price))
                .put("quantity", quantity);
        line.putObject("metadata");
        line.set("price", price);
        return line;
    }

    private static void checkKind(ObjectNode price, Form form, String mode) {
        boolean recurs = !price.path("recurring").isNull();
        if (recurs != mode.equals("subscription")) {
            throw ApiException.badParameter(
                    form.nameOf("price"),
                    "parameter_invalid",
                    "You specified `" + mode + "` mode but passed a "
                            + (recurs
                                    ? "recurring price."
                                    : "one-time price; only recurring ones are simulated there."));
        }
    }

    private String nameOf(ObjectNode price) {
        if (price.path("product") instanceof ObjectNode described) {
            return described.path("name").stringValue();
        }
        return simulation
                .store()
                .find(Products.KIND, price.path("product").stringValue())
                .map(product -> product.path("name").stringValue())
                .orElse("");
    }

    /** Stores the prices and products that came with the order. */
    void keep(Order order) {
        for (var line : order.lines()) {
            if (line.path("price") instanceof ObjectNode price
                    && simulation
                            .store()
                            .find(Prices.KIND, price.path("id").stringValue())
                            .isEmpty()) {
                prices.keep(price);
            }
        }
    }
}
