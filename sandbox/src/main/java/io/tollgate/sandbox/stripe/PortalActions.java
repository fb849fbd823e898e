package io.tollgate.sandbox.stripe;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a customer does in the portal, each only as far as the session's configuration allows it. */
final class PortalActions {
    private final Simulation simulation;
    private final SubscriptionUpdates updates;
    private final Schedules schedules;
    private final PaymentMethods methods;

    PortalActions(Simulation simulation, SubscriptionUpdates updates, Schedules schedules, PaymentMethods methods) {
        this.simulation = simulation;
        this.updates = updates;
        this.schedules = schedules;
        this.methods = methods;
    }

    /** The customer's subscriptions that have not ended, newest first. */
    List<ObjectNode> subscriptions(ObjectNode session) {
        return simulation.store().newestFirst(Subscriptions.KIND).stream()
                .filter(it -> it.path("customer").equals(session.path("customer")) && Renewals.isRunning(it))
                .toList();
    }

    /** The prices that a subscription may be changed to. */
    List<ObjectNode> choices(ObjectNode session, ObjectNode subscription) {
        JsonNode change = feature(session, "subscription_update");
        String current =
                SubscriptionItems.of(subscription).getFirst().at("/price/id").stringValue();
        if (!change.path("enabled").asBoolean(false)) {
            return List.of();
        }
        return change.path("products").values().stream()
                .flatMap(product -> product.path("prices").values().stream())
                .map(JsonNode::stringValue)
                .filter(price -> !price.equals(current))
                .flatMap(price -> simulation.store().find(Prices.KIND, price).stream())
                .toList();
    }

    boolean allows(ObjectNode session, String feature) {
        return feature(session, feature).path("enabled").asBoolean(false);
    }

    private JsonNode feature(ObjectNode session, String name) {
        return simulation
                .require(
                        PortalConfigurations.KIND, session.path("configuration").stringValue(), "configuration")
                .at("/features/" + name);
    }

    private void require(ObjectNode session, String feature) {
        if (!allows(session, feature)) {
            throw ApiException.badRequest("This portal does not offer that: " + feature + ".");
        }
    }

    private ObjectNode ownSubscription(ObjectNode session, String id) {
        return subscriptions(session).stream()
                .filter(it -> it.path("id").stringValue().equals(id))
                .findFirst()
                .orElseThrow(() -> ApiException.noSuch("subscription", id, "subscription"));
    }

    void change(ObjectNode session, String subscriptionId, String priceId) {
        require(session, "subscription_update");
        ObjectNode subscription = ownSubscription(session, subscriptionId);
        ObjectNode price = choices(session, subscription).stream()
                .filter(it -> it.path("id").stringValue().equals(priceId))
                .findFirst()
                .orElseThrow(() -> ApiException.noSuch("price", priceId, "price"));
        schedules.of(subscription).ifPresent(schedules::release);
        JsonNode terms = feature(session, "subscription_update");
        if (waitsForPeriodEnd(terms, subscription, price)) {
            schedules.changeAtPeriodEnd(subscription, price);
            return;
        }
        ObjectNode item = SubscriptionItems.of(subscription).getFirst();
        String prorations = terms.path("proration_behavior").stringValue();
        updates.update(
                subscription,
                form(Map.of(
                        "items[0][id]",
                        item.path("id").stringValue(),
                        "items[0][price]",
                        priceId,
                        "proration_behavior",
                        prorations,
                        "payment_behavior",
                        prorations.equals("always_invoice") ? "pending_if_incomplete" : "allow_incomplete")));
    }

    private static boolean waitsForPeriodEnd(JsonNode terms, ObjectNode subscription, ObjectNode price) {
        JsonNode current = SubscriptionItems.of(subscription).getFirst().path("price");
        boolean cheaper = price.path("unit_amount").longValue()
                < current.path("unit_amount").longValue();
        boolean shorter = Cycle.of(price).after(0, 0) < Cycle.of(current).after(0, 0);
        return terms.at("/schedule_at_period_end/conditions").values().stream()
                .map(condition -> condition.path("type").stringValue())
                .anyMatch(type -> switch (type) {
                    case "decreasing_item_amount" -> cheaper;
                    case "shortening_interval" -> shorter;
                    default -> false;
                });
    }

    void cancel(ObjectNode session, String subscriptionId) {
        require(session, "subscription_cancel");
        ObjectNode subscription = ownSubscription(session, subscriptionId);
        schedules.of(subscription).ifPresent(schedules::release);
        JsonNode terms = feature(session, "subscription_cancel");
        if (terms.path("mode").stringValue().equals("immediately")) {
            String prorations = terms.path("proration_behavior").stringValue();
            updates.cancel(
                    subscription,
                    form(Map.of(
                            "prorate", String.valueOf(!prorations.equals("none")),
                            "invoice_now", String.valueOf(prorations.equals("always_invoice")))));
        } else {
            updates.update(subscription, form(Map.of("cancel_at_period_end", "true")));
        }
    }

    /** Takes back a cancellation, or a change, that was to come at the end of the period. */
    void keep(ObjectNode session, String subscriptionId) {
        ObjectNode subscription = ownSubscription(session, subscriptionId);
        schedules.of(subscription).ifPresent(schedules::release);
        if (subscription.path("cancel_at_period_end").booleanValue()) {
            updates.update(subscription, form(Map.of("cancel_at_period_end", "false")));
        }
    }

    /** Replaces the card of the customer and of all that they subscribe to. */
    void replaceCard(ObjectNode session, CardEntry entry) {
        require(session, "payment_method_update");
        if (entry.card().whenSaved() instanceof TestCard.Outcome.Declined decline) {
            throw ApiException.declined(decline);
        }
        String customerId = session.path("customer").stringValue();
        ObjectNode customer = simulation.require(Customers.KIND, customerId, "customer");
        String method = methods.create(entry).path("id").stringValue();
        methods.save(simulation.require(PaymentMethods.KIND, method, "payment_method"), customerId);
        customer.withObject("/invoice_settings").put("default_payment_method", method);
        simulation.events().emit("customer.updated", customer);
        subscriptions(session)
                .forEach(subscription -> updates.update(subscription, form(Map.of("default_payment_method", method))));
    }

    private static Form form(Map<String, String> fields) {
        return Form.parse(fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&")));
    }
}
