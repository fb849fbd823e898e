package io.tollgate.sandbox.stripe;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/billing_portal/sessions}: a link that lets one customer into the portal. */
final class PortalSessions {
    static final String KIND = "billing_portal.session";
    private static final List<String> FLOWS = List.of(
            "payment_method_update", "subscription_cancel", "subscription_update", "subscription_update_confirm");

    private final Simulation simulation;
    private final PortalConfigurations configurations;
    private volatile String baseUri = "";

    PortalSessions(Simulation simulation, PortalConfigurations configurations) {
        this.simulation = simulation;
        this.configurations = configurations;
    }

    void register(Router router) {
        router.post("/v1/billing_portal/sessions", this::create);
    }

    /** Where the portal is, known once the port is. */
    void hostedAt(URI uri) {
        baseUri = uri.toString();
    }

    private ObjectNode create(ApiRequest request) {
        Form form = request.form();
        String customer = form.requiredText("customer");
        simulation.require(Customers.KIND, customer, "customer");
        Optional<String> configuration = form.text("configuration");
        Optional<String> returnUrl = form.text("return_url");
        JsonNode flow = form.object("flow_data")
                .<JsonNode>map(data -> flow(data, customer))
                .orElseGet(JsonNodeFactory.instance::nullNode);
        Optional<String> locale = form.text("locale");
        form.rejectUnread();
        ObjectNode chosen = configurations.named(configuration);
        String id = Ids.next("bps_1");
        ObjectNode session = simulation
                .create(KIND, id)
                .put("configuration", chosen.path("id").stringValue())
                .put("customer", customer)
                .put("locale", locale.orElse(null))
                .put(
                        "return_url",
                        returnUrl.orElseGet(
                                () -> chosen.path("default_return_url").asString(null)))
                .put("url", baseUri + PortalPages.PREFIX + id)
                .putNull("customer_account")
                .putNull("on_behalf_of");
        session.set("flow", flow);
        simulation.store().add(session);
        simulation.events().emit("billing_portal.session.created", session);
        return session;
    }

    private ObjectNode flow(Form form, String customer) {
        String type = form.requiredText("type");
        if (!FLOWS.contains(type)) {
            throw ApiException.badParameter(
                    form.nameOf("type"), "parameter_invalid", "Invalid flow: must be one of " + FLOWS);
        }
        ObjectNode flow = JsonNodeFactory.instance.objectNode().put("type", type);
        for (String name : FLOWS.subList(1, FLOWS.size())) {
            if (name.equals(type)) {
                Form about = form.object(name).orElseThrow(() -> ApiException.missingParameter(form.nameOf(name)));
                flow.set(name, about(about, customer));
            } else {
                flow.putNull(name);
            }
        }
        flow.set("after_completion", afterCompletion(form.object("after_completion")));
        return flow;
    }

    private ObjectNode about(Form form, String customer) {
        String id = form.requiredText("subscription");
        ObjectNode subscription = simulation.require(Subscriptions.KIND, id, form.nameOf("subscription"));
        if (!subscription.path("customer").stringValue().equals(customer)) {
            throw ApiException.noSuch("subscription", id, form.nameOf("subscription"));
        }
        ObjectNode about = JsonNodeFactory.instance.objectNode().put("subscription", id);
        List<Form> items = form.objects("items");
        if (!items.isEmpty()) {
            Form item = items.getFirst();
            about.putNull("discounts")
                    .putArray("items")
                    .addObject()
                    .put("id", item.text("id").orElse(null))
                    .put("price", item.text("price").orElse(null))
                    .put("quantity", item.integer("quantity").orElse(1));
        }
        return about;
    }

    private static ObjectNode afterCompletion(Optional<Form> form) {
        ObjectNode after = JsonNodeFactory.instance
                .objectNode()
                .put("type", form.map(it -> it.requiredText("type")).orElse("portal_homepage"));
        after.putNull("hosted_confirmation").putNull("redirect");
        form.flatMap(it -> it.object("redirect"))
                .ifPresent(
                        redirect -> after.putObject("redirect").put("return_url", redirect.requiredText("return_url")));
        form.flatMap(it -> it.object("hosted_confirmation"))
                .ifPresent(confirmation -> after.putObject("hosted_confirmation")
                        .put(
                                "custom_message",
                                confirmation.text("custom_message").orElse(null)));
        return after;
    }
}
