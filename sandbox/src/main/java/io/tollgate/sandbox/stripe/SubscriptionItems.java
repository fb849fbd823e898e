package io.tollgate.sandbox.stripe;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a subscription is for: recurring prices times quantities. Its periods are kept here, as Stripe keeps them. */
final class SubscriptionItems {
    static final String KIND = "subscription_item";
    private static final int ITEMS_MAX = 20;
    private static final long QUANTITY_MAX = 999_999;

    private final Simulation simulation;
    private final Prices prices;

    SubscriptionItems(Simulation simulation, Prices prices) {
        this.simulation = simulation;
        this.prices = prices;
    }

    /** Reads {@code items} of a subscription that is to begin. */
    List<ObjectNode> read(Form form) {
        List<Form> entries = form.objects("items");
        if (entries.isEmpty()) {
            throw ApiException.missingParameter("items");
        }
        List<ObjectNode> items =
                entries.stream().map(entry -> create(priceOf(entry), entry)).toList();
        check(items);
        return items;
    }

    /** Reads {@code items} of an update: an entry with an id changes or deletes an item, one without adds an item. */
    List<ObjectNode> changed(ObjectNode subscription, Form form) {
        List<ObjectNode> items = new ArrayList<>(
                of(subscription).stream().map(ObjectNode::deepCopy).toList());
        for (Form entry : form.objects("items")) {
            String id = entry.text("id").orElse("");
            if (id.isEmpty()) {
                items.add(create(priceOf(entry), entry));
                continue;
            }
            ObjectNode item = items.stream()
                    .filter(it -> it.path("id").stringValue().equals(id))
                    .findFirst()
                    .orElseThrow(() -> ApiException.noSuch(KIND, id, entry.nameOf("id")));
            if (entry.flag("deleted").orElse(false)) {
                entry.flag("clear_usage");
                items.remove(item);
            } else {
                change(item, entry);
            }
        }
        if (items.isEmpty()) {
            throw ApiException.badRequest("A subscription must have at least one active plan.");
        }
        check(items);
        return List.copyOf(items);
    }

    private void change(ObjectNode item, Form entry) {
        if (entry.text("price").isPresent() || entry.object("price_data").isPresent()) {
            item.set("price", priceOf(entry));
        }
        entry.integer("quantity").ifPresent(quantity -> item.put("quantity", checked(quantity, entry)));
        item.set("metadata", Metadata.merged((ObjectNode) item.path("metadata"), entry));
    }

    private ObjectNode priceOf(Form entry) {
        ObjectNode price = entry.object("price_data")
                .map(prices::describe)
                .orElseGet(() -> simulation.require(Prices.KIND, entry.requiredText("price"), entry.nameOf("price")));
        if (price.path("recurring").isNull()) {
            throw ApiException.badParameter(
                    entry.nameOf("price"),
                    "parameter_invalid",
                    "The price specified is set to `type=one_time` but this field only accepts prices with"
                            + " `type=recurring`.");
        }
        return price;
    }

    private ObjectNode create(ObjectNode price, Form entry) {
        ObjectNode item = create(price, checked(entry.integer("quantity").orElse(1), entry));
        return item.set("metadata", Metadata.of(entry));
    }

    ObjectNode create(ObjectNode price, long quantity) {
        ObjectNode item = simulation.create(KIND, Ids.next("si_", 14));
        item.remove("livemode");
        item.put("quantity", quantity).putNull("billing_thresholds");
        List.of("discounts", "tax_rates").forEach(item::putArray);
        item.putObject("metadata");
        return item.set("price", price.deepCopy());
    }

    private static long checked(long quantity, Form entry) {
        if (quantity < 0 || quantity > QUANTITY_MAX) {
            throw ApiException.badParameter(
                    entry.nameOf("quantity"),
                    "parameter_invalid_integer",
                    "Quantity must be between 0 and " + QUANTITY_MAX + ".");
        }
        return quantity;
    }

    private static void check(List<ObjectNode> items) {
        JsonNode first = items.getFirst().path("price");
        boolean together = items.size() <= ITEMS_MAX
                && items.stream()
                        .map(item -> item.path("price"))
                        .allMatch(price -> price.path("currency").equals(first.path("currency"))
                                && Cycle.of(price).equals(Cycle.of(first)));
        if (!together) {
            throw ApiException.badParameter(
                    "items",
                    "parameter_invalid",
                    "All items must have the same currency and interval here, and be " + ITEMS_MAX + " at most.");
        }
    }

    /** Stores the prices that came with the items. */
    void keepPrices(List<ObjectNode> items) {
        for (ObjectNode item : items) {
            ObjectNode price = (ObjectNode) item.path("price");
            if (simulation
                    .store()
                    .find(Prices.KIND, price.path("id").stringValue())
                    .isEmpty()) {
                ObjectNode kept = price.deepCopy();
                prices.keep(kept);
                item.set("price", kept.deepCopy());
            }
        }
    }

    static List<ObjectNode> of(ObjectNode subscription) {
        return subscription.at("/items/data").values().stream()
                .map(ObjectNode.class::cast)
                .toList();
    }

    static void put(ObjectNode subscription, List<ObjectNode> items) {
        String id = subscription.path("id").stringValue();
        ObjectNode list = subscription
                .putObject("items")
                .put("object", "list")
                .put("has_more", false)
                .put("total_count", items.size())
                .put("url", "/v1/subscription_items?subscription=" + id);
        ArrayNode data = list.putArray("data");
        items.forEach(item -> data.add(item.put("subscription", id)));
    }

    /** What an item costs for one period, before discounts. */
    static long amount(JsonNode item) {
        return Math.multiplyExact(
                item.at("/price/unit_amount").longValue(), item.path("quantity").longValue());
    }

    static Cycle cycle(List<ObjectNode> items) {
        return Cycle.of(items.getFirst().path("price"));
    }

    static Period period(ObjectNode subscription) {
        JsonNode item = subscription.at("/items/data/0");
        return new Period(
                item.path("current_period_start").longValue(),
                item.path("current_period_end").longValue());
    }

    static void period(List<ObjectNode> items, Period period) {
        items.forEach(item -> item.put("current_period_start", period.start()).put("current_period_end", period.end()));
    }
}
