package io.tollgate.sandbox.stripe;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/checkout/sessions}, for one-off payments. */
final class CheckoutSessions {
    static final String KIND = "checkout.session";
    private static final String PLACEHOLDER = "{CHECKOUT_SESSION_ID}";
    private static final long LIFETIME_SECONDS_MIN = 30 * 60;
    private static final long LIFETIME_SECONDS_MAX = 24 * 60 * 60;
    /** Stripe measures the bounds from when it receives the request, callers from when they sent it. */
    private static final long LENIENCE_SECONDS = 60;

    private final Simulation simulation;
    private final LineItems lineItems;
    private final CheckoutPayments payments;
    private final PaymentIntents intents;
    private final Notes<ArrayNode> linesBySession = new Notes<>();
    private String baseUri = "";

    CheckoutSessions(Simulation simulation, LineItems lineItems, PaymentIntents intents, CheckoutPayments payments) {
        this.simulation = simulation;
        this.lineItems = lineItems;
        this.intents = intents;
        this.payments = payments;
    }

    void register(Router router, Expansion expansion) {
        router.post("/v1/checkout/sessions", this::create)
                .get(
                        "/v1/checkout/sessions",
                        request -> Listing.page(simulation, request, KIND, "customer", "payment_intent", "status"))
                .get("/v1/checkout/sessions/{id}", request -> {
                    request.form().rejectUnread();
                    return require(request.id());
                })
                .get(
                        "/v1/checkout/sessions/{id}/line_items",
                        request -> Listing.page(
                                request, List.copyOf(lines(request.id()).values())))
                .post("/v1/checkout/sessions/{id}", this::update)
                .post("/v1/checkout/sessions/{id}/expire", request -> {
                    request.form().rejectUnread();
                    return expire(request.id());
                });
        expansion.include(KIND, "line_items", this::lineItemsOf);
    }

    /** Where the hosted pages live, known once the port is. */
    void hostedAt(URI uri) {
        baseUri = uri.toString();
    }

    private ObjectNode create(ApiRequest request) {
        Form form = request.form();
        requirePaymentMode(form);
        String id = Ids.next("cs_test_a1", 56);
        ObjectNode session = simulation.create(KIND, id).put("mode", "payment");
        describeBuyer(session, form);
        describeUrls(session, form);
        describeLifetime(session, form);
        LineItems.Order order = lineItems.read(form);
        ObjectNode terms =
                form.object("payment_intent_data").map(intents::terms).orElseGet(() -> intents.terms(Form.parse("")));
        session.set("metadata", Metadata.of(form));
        List.of("locale", "submit_type", "billing_address_collection", "ui_mode")
                .forEach(field -> session.put(field, form.text(field).orElse(null)));
        form.textList("payment_method_types");
        form.rejectUnread();

        lineItems.keep(order);
        linesBySession.put(id, order.lines());
        payments.expect(id, terms);
        describeAmounts(session, order);
        simulation.store().add(session);
        simulation.timeline().at(expiry(session), () -> expireIfOpen(session));
        return session;
    }

    private static void requirePaymentMode(Form form) {
        String mode = form.requiredText("mode");
        if (!mode.equals("payment")) {
            throw ApiException.badParameter("mode", "parameter_invalid", "Mode '" + mode + "' is not simulated yet.");
        }
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
                                .orElse(null))
                .put("url", baseUri + "/c/pay/" + session.path("id").stringValue());
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

    private static void describeAmounts(ObjectNode session, LineItems.Order order) {
        session.put("amount_subtotal", order.total())
                .put("amount_total", order.total())
                .put("currency", order.currency())
                .put("payment_status", order.total() == 0 ? "no_payment_required" : "unpaid");
        session.putObject("total_details")
                .put("amount_discount", 0)
                .put("amount_shipping", 0)
                .put("amount_tax", 0);
        session.putObject("automatic_tax").put("enabled", false);
        session.putArray("payment_method_types").add("card");
        List.of("payment_intent", "subscription", "invoice", "setup_intent", "payment_link", "recovered_from")
                .forEach(session::putNull);
    }

    private ObjectNode update(ApiRequest request) {
        ObjectNode session = require(request.id());
        ObjectNode metadata = Metadata.merged((ObjectNode) session.path("metadata"), request.form());
        request.form().rejectUnread();
        session.set("metadata", metadata);
        return session;
    }

    ObjectNode require(String id) {
        return simulation.require(KIND, id, "session");
    }

    ArrayNode lines(String sessionId) {
        return linesBySession.find(sessionId).orElseThrow(() -> ApiException.noSuch("session", sessionId, "session"));
    }

    private ObjectNode lineItemsOf(ObjectNode session) {
        String id = session.path("id").stringValue();
        ObjectNode list = session.objectNode()
                .put("object", "list")
                .put("has_more", false)
                .put("url", "/v1/checkout/sessions/" + id + "/line_items");
        list.set("data", lines(id));
        return list;
    }

    CheckoutResult pay(String id, CardEntry entry) {
        ObjectNode session = require(id);
        return payments.pay(session, entry, returnUrl(session));
    }

    static String returnUrl(ObjectNode session) {
        return session.path("success_url")
                .stringValue()
                .replace(PLACEHOLDER, session.path("id").stringValue());
    }

    ObjectNode expire(String id) {
        ObjectNode session = require(id);
        if (!isOpen(session)) {
            throw ApiException.badRequest(
                    "Only Checkout Sessions with a status in [\"open\"] can be expired. This one has a status of "
                            + session.path("status").stringValue() + ".");
        }
        expireIfOpen(session);
        return session;
    }

    private void expireIfOpen(ObjectNode session) {
        if (isOpen(session)) {
            session.put("status", "expired").putNull("url");
            simulation.events().emit("checkout.session.expired", session);
        }
    }

    private static boolean isOpen(ObjectNode session) {
        return session.path("status").asString("").equals("open");
    }

    private static Instant expiry(ObjectNode session) {
        return Instant.ofEpochSecond(session.path("expires_at").longValue());
    }
}
