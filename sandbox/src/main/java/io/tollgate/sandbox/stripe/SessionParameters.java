package io.tollgate.sandbox.stripe;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What a checkout session is told when it is made, checked as Stripe checks it; what it sells is {@link LineItems}. */
final class SessionParameters {
    static final String PLACEHOLDER = "{CHECKOUT_SESSION_ID}";
    private static final long LIFETIME_SECONDS_MIN = 30 * 60;
    private static final long LIFETIME_SECONDS_MAX = 24 * 60 * 60;
    /** Stripe measures the bounds from when it receives the request, callers from when they sent it. */
    private static final long LENIENCE_SECONDS = 60;

    private static final Set<String> MODES = Set.of("payment", "setup", "subscription");

    private final Simulation simulation;

    SessionParameters(Simulation simulation) {
        this.simulation = simulation;
    }

    void read(Form form, ObjectNode session) {
        session.put("mode", mode(form));
        describeBuyer(session, form);
        describeUrls(session, form);
        describeLifetime(session, form);
        session.set("metadata", Metadata.of(form));
        session.put("ui_mode", form.text("ui_mode").orElse("hosted_page"));
        List.of("locale", "submit_type", "billing_address_collection")
                .forEach(field -> session.put(field, form.text(field).orElse(null)));
        List<String> _ = form.textList("payment_method_types");
        Optional<String> _ = form.text("payment_method_configuration");
        describeInvoice(session, form);
    }

    /** Whether a one-off payment is to have an invoice, and what that is told. */
    private static void describeInvoice(ObjectNode session, Form form) {
        Optional<Form> creation = form.object("invoice_creation");
        if (creation.isPresent() && !session.path("mode").stringValue().equals("payment")) {
            throw ApiException.badParameter(
                    "invoice_creation",
                    "parameter_invalid",
                    "You can only enable invoice creation when `mode` is set to `payment`.");
        }
        ObjectNode shown = session.putObject("invoice_creation")
                .put("enabled", creation.flatMap(it -> it.flag("enabled")).orElse(false));
        shown.putObject("invoice_data")
                .set(
                        "metadata",
                        creation.flatMap(it -> it.object("invoice_data"))
                                .map(Metadata::of)
                                .orElseGet(shown::objectNode));
    }

    private static String mode(Form form) {
        String mode = form.requiredText("mode");
        if (!MODES.contains(mode)) {
            throw ApiException.badParameter("mode", "parameter_invalid", "Mode '" + mode + "' is not simulated yet.");
        }
        return mode;
    }

    private void describeBuyer(ObjectNode session, Form form) {
        Optional<String> customer = form.text("customer");
        Optional<String> email = form.text("customer_email");
        if (customer.isPresent() && email.isPresent()) {
            throw ApiException.badParameter(
                    "customer_email", "parameter_invalid", "You may only specify one of: customer, customer_email.");
        }
        customer.ifPresent(id -> simulation.require(Customers.KIND, id, "customer"));
        session.put("customer", customer.orElse(null))
                .put("customer_email", email.orElse(null))
                .put(
                        "customer_creation",
                        customer.isPresent()
                                ? null
                                : form.text("customer_creation").orElse("if_required"))
                .put("client_reference_id", form.text("client_reference_id").orElse(null));
        session.putNull("customer_details");
    }

    private void describeUrls(ObjectNode session, Form form) {
        session.put("success_url", webAddress(form, "success_url", form.requiredText("success_url")))
                .put(
                        "cancel_url",
                        form.text("cancel_url")
                                .map(url -> webAddress(form, "cancel_url", url))
                                .orElse(null));
    }

    /** The page links to these, so nothing but the web may pass. */
    private static String webAddress(Form form, String name, String url) {
        try {
            String scheme = URI.create(url.replace(PLACEHOLDER, "id")).getScheme();
            if ("http".equals(scheme) || "https".equals(scheme)) {
                return url;
            }
        } catch (IllegalArgumentException _) {
            // told below
        }
        throw ApiException.badParameter(form.nameOf(name), "url_invalid", "Not a valid URL: " + name);
    }

    private void describeLifetime(ObjectNode session, Form form) {
        long now = simulation.clock().epochSecond();
        long expiresAt = form.integer("expires_at").orElse(now + LIFETIME_SECONDS_MAX);
        if (expiresAt < now + LIFETIME_SECONDS_MIN - LENIENCE_SECONDS
                || expiresAt > now + LIFETIME_SECONDS_MAX + LENIENCE_SECONDS) {
            throw ApiException.badParameter(
                    "expires_at",
                    "parameter_invalid",
                    "The `expires_at` timestamp must be between 30 minutes and 24 hours from session creation.");
        }
        session.put("expires_at", expiresAt).put("status", "open");
    }
}
