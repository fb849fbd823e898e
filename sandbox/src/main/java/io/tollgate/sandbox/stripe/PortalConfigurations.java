package io.tollgate.sandbox.stripe;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/billing_portal/configurations}: what customers may do in the portal. */
final class PortalConfigurations {
    static final String KIND = "billing_portal.configuration";

    private final Simulation simulation;

    PortalConfigurations(Simulation simulation) {
        this.simulation = simulation;
    }

    void register(Router router) {
        router.post("/v1/billing_portal/configurations", this::create)
                .get("/v1/billing_portal/configurations", this::list)
                .get("/v1/billing_portal/configurations/{id}", request -> {
                    request.form().rejectUnread();
                    return simulation.require(KIND, request.id(), "id");
                })
                .post("/v1/billing_portal/configurations/{id}", this::update);
    }

    private ObjectNode list(ApiRequest request) {
        Optional<Boolean> active = request.form().flag("active");
        Optional<Boolean> isDefault = request.form().flag("is_default");
        return Listing.page(
                simulation,
                request,
                KIND,
                it -> active.map(is -> is == it.path("active").booleanValue()).orElse(true)
                        && isDefault
                                .map(is -> is == it.path("is_default").booleanValue())
                                .orElse(true));
    }

    private ObjectNode create(ApiRequest request) {
        if (request.form().object("features").isEmpty()) {
            throw ApiException.missingParameter("features");
        }
        ObjectNode configuration = blank();
        read(request.form(), configuration);
        simulation.store().add(configuration);
        simulation.events().emit("billing_portal.configuration.created", configuration);
        return configuration;
    }

    private ObjectNode update(ApiRequest request) {
        ObjectNode configuration = simulation.require(KIND, request.id(), "configuration");
        ObjectNode changed = configuration.deepCopy();
        request.form().flag("active").ifPresent(active -> changed.put("active", active));
        read(request.form(), changed);
        configuration.setAll(changed.put("updated", simulation.clock().epochSecond()));
        simulation.events().emit("billing_portal.configuration.updated", configuration);
        return configuration;
    }

    /** The configuration that a session names, or else what the account offers by default. */
    ObjectNode named(Optional<String> id) {
        return id.map(it -> simulation.require(KIND, it, "configuration")).orElseGet(this::byDefault);
    }

    private ObjectNode byDefault() {
        return simulation.store().newestFirst(KIND).stream()
                .filter(it -> it.path("is_default").booleanValue())
                .findFirst()
                .orElseGet(() -> {
                    ObjectNode configuration = blank().put("is_default", true);
                    for (String feature : List.of("invoice_history", "payment_method_update", "subscription_cancel")) {
                        configuration.withObject("/features/" + feature).put("enabled", true);
                    }
                    simulation.store().add(configuration);
                    return configuration;
                });
    }

    private ObjectNode blank() {
        ObjectNode configuration = simulation
                .create(KIND, Ids.next("bpc_1"))
                .put("active", true)
                .put("is_default", false)
                .put("updated", simulation.clock().epochSecond());
        List.of("application", "default_return_url", "name").forEach(configuration::putNull);
        configuration.putObject("metadata");
        configuration.putObject("login_page").put("enabled", false).putNull("url");
        configuration
                .putObject("business_profile")
                .putNull("headline")
                .putNull("privacy_policy_url")
                .putNull("terms_of_service_url");
        ObjectNode features = configuration.putObject("features");
        features.putObject("customer_update").put("enabled", false).putArray("allowed_updates");
        features.putObject("invoice_history").put("enabled", false);
        features.putObject("payment_method_update").put("enabled", false).putNull("payment_method_configuration");
        ObjectNode cancel = features.putObject("subscription_cancel")
                .put("enabled", false)
                .put("mode", "at_period_end")
                .put("proration_behavior", "none");
        cancel.putObject("cancellation_reason").put("enabled", false).putArray("options");
        ObjectNode change = features.putObject("subscription_update")
                .put("enabled", false)
                .put("proration_behavior", "none")
                .put("trial_update_behavior", "end_trial")
                .putNull("billing_cycle_anchor");
        List.of("default_allowed_updates", "products").forEach(change::putArray);
        change.putObject("schedule_at_period_end").putArray("conditions");
        return configuration;
    }

    private void read(Form form, ObjectNode configuration) {
        form.text("default_return_url").ifPresent(url -> configuration.put("default_return_url", url));
        form.text("name").ifPresent(name -> configuration.put("name", name));
        form.object("business_profile")
                .ifPresent(profile -> copyTexts(profile, configuration.withObject("/business_profile")));
        form.object("login_page")
                .flatMap(page -> page.flag("enabled"))
                .ifPresent(on -> configuration.withObject("/login_page").put("enabled", on));
        configuration.set("metadata", Metadata.merged((ObjectNode) configuration.path("metadata"), form));
        form.object("features").ifPresent(features -> readFeatures(features, configuration.withObject("/features")));
        form.rejectUnread();
    }

    private static void copyTexts(Form form, ObjectNode target) {
        target.propertyNames().forEach(name -> form.text(name).ifPresent(text -> target.put(name, text)));
    }

    private void readFeatures(Form form, ObjectNode features) {
        for (String name : List.of("customer_update", "invoice_history", "payment_method_update")) {
            form.object(name).ifPresent(feature -> {
                feature.flag("enabled")
                        .ifPresent(on -> features.withObject("/" + name).put("enabled", on));
                feature.textList("allowed_updates");
            });
        }
        form.object("subscription_cancel")
                .ifPresent(cancel -> readCancel(cancel, features.withObject("/subscription_cancel")));
        form.object("subscription_update")
                .ifPresent(change -> readChange(change, features.withObject("/subscription_update")));
    }

    private static void readCancel(Form form, ObjectNode cancel) {
        form.flag("enabled").ifPresent(on -> cancel.put("enabled", on));
        copyConstant(form, cancel, "mode", List.of("at_period_end", "immediately"));
        copyConstant(form, cancel, "proration_behavior", List.of("none", "create_prorations", "always_invoice"));
        form.object("cancellation_reason").ifPresent(reason -> {
            reason.flag("enabled")
                    .ifPresent(on -> cancel.withObject("/cancellation_reason").put("enabled", on));
            ArrayNode options = cancel.withObject("/cancellation_reason").putArray("options");
            reason.textList("options").forEach(options::add);
        });
    }

    private void readChange(Form form, ObjectNode change) {
        form.flag("enabled").ifPresent(on -> change.put("enabled", on));
        copyConstant(form, change, "proration_behavior", List.of("none", "create_prorations", "always_invoice"));
        copyConstant(form, change, "trial_update_behavior", List.of("end_trial", "continue_trial"));
        copyConstant(form, change, "billing_cycle_anchor", List.of("now", "unchanged"));
        if (form.object("default_allowed_updates").isPresent()) {
            ArrayNode allowed = change.putArray("default_allowed_updates");
            form.textList("default_allowed_updates").forEach(allowed::add);
        }
        if (form.object("products").isPresent()) {
            ArrayNode products = change.putArray("products");
            form.objects("products").forEach(product -> products.add(product(product)));
        }
        form.object("schedule_at_period_end").ifPresent(schedule -> {
            ArrayNode conditions = change.withObject("/schedule_at_period_end").putArray("conditions");
            schedule.objects("conditions")
                    .forEach(condition -> conditions.addObject().put("type", condition.requiredText("type")));
        });
    }

    private ObjectNode product(Form form) {
        String id = form.requiredText("product");
        simulation.require(Products.KIND, id, form.nameOf("product"));
        ObjectNode product = simulation.create(KIND, "").removeAll().put("product", id);
        ArrayNode prices = product.putArray("prices");
        for (String price : form.textList("prices")) {
            ObjectNode found = simulation.require(Prices.KIND, price, form.nameOf("prices"));
            if (!found.path("product").asString("").equals(id)) {
                throw ApiException.badParameter(
                        form.nameOf("prices"),
                        "parameter_invalid",
                        "Price " + price + " is not of product " + id + ".");
            }
            prices.add(price);
        }
        return product;
    }

    private static void copyConstant(Form form, ObjectNode target, String name, List<String> allowed) {
        form.text(name).ifPresent(text -> {
            if (!allowed.contains(text)) {
                throw ApiException.badParameter(
                        form.nameOf(name), "parameter_invalid", "Invalid " + name + ": must be one of " + allowed);
            }
            target.put(name, text);
        });
    }
}
