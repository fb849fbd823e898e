package io.tollgate.sandbox.stripe;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/checkout/sessions}, for one-off payments. */
final class CheckoutSessions {
    static final String KIND = "checkout.session";
    private static final List<String> UNUSED = List.of(
            "payment_intent",
            "subscription",
            "invoice",
            "setup_intent",
            "payment_link",
            "recovered_from",
            "client_secret",
            "consent",
            "currency_conversion",
            "shipping_cost",
            "after_expiration",
            "customer_account");

    private final Simulation simulation;
    private final SessionParameters parameters;
    private final LineItems lineItems;
    private final CheckoutPayments payments;
    private final PaymentIntents intents;
    private final Notes<ArrayNode> linesBySession = new Notes<>();
    private volatile String baseUri = "";

    CheckoutSessions(Simulation simulation, LineItems lineItems, PaymentIntents intents, CheckoutPayments payments) {
        this.simulation = simulation;
        this.parameters = new SessionParameters(simulation);
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
        String id = Ids.next("cs_test_a1", 56);
        ObjectNode session = simulation.create(KIND, id).put("url", baseUri + CheckoutPages.PREFIX + id);
        parameters.read(form, session);
        LineItems.Order order = lineItems.read(form);
        ObjectNode terms =
                form.object("payment_intent_data").map(intents::terms).orElseGet(() -> intents.terms(Form.parse("")));
        form.rejectUnread();

        lineItems.keep(order);
        linesBySession.put(id, order.lines());
        payments.expect(id, terms);
        describeAmounts(session, order);
        simulation.store().add(session);
        simulation.timeline().at(expiry(session), () -> expireIfOpen(session));
        return session;
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
        UNUSED.forEach(session::putNull);
        List.of("custom_fields", "discounts", "shipping_options").forEach(session::putArray);
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
                .replace(SessionParameters.PLACEHOLDER, session.path("id").stringValue());
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
