package io.tollgate.sandbox.stripe;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/checkout/sessions}, for one-off payments, for subscriptions and for saving a card. */
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
    private final SessionTotals totals;
    private final SetupIntents setups;
    private final SubscriptionCheckout subscriptions;
    private final Notes<ArrayNode> linesBySession = new Notes<>();
    private volatile String baseUri = "";

    CheckoutSessions(
            Simulation simulation,
            LineItems lineItems,
            PaymentIntents intents,
            CheckoutPayments payments,
            SessionTotals totals,
            SetupIntents setups,
            SubscriptionCheckout subscriptions) {
        this.simulation = simulation;
        this.parameters = new SessionParameters(simulation);
        this.lineItems = lineItems;
        this.intents = intents;
        this.payments = payments;
        this.totals = totals;
        this.setups = setups;
        this.subscriptions = subscriptions;
    }

    void register(Router router, Expansion expansion) {
        router.post("/v1/checkout/sessions", this::create)
                .get(
                        "/v1/checkout/sessions",
                        request -> Listing.page(
                                simulation, request, KIND, "customer", "payment_intent", "subscription", "status"))
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
        intents.hostedAt(baseUri);
    }

    private ObjectNode create(ApiRequest request) {
        Form form = request.form();
        String id = Ids.next("cs_test_a1", 56);
        ObjectNode session = simulation.create(KIND, id).put("url", baseUri + CheckoutPages.PREFIX + id);
        parameters.read(form, session);
        switch (session.path("mode").stringValue()) {
            case "setup" -> describeSetup(session, form);
            case "subscription" -> describeSubscription(session, form);
            default -> describePayment(session, form);
        }
        simulation.store().add(session);
        simulation.timeline().at(expiry(session), () -> expireIfOpen(session));
        return session;
    }

    private void describePayment(ObjectNode session, Form form) {
        LineItems.Order order = lineItems.read(form, "payment");
        ObjectNode terms =
                form.object("payment_intent_data").map(intents::terms).orElseGet(() -> intents.terms(Form.parse("")));
        describeRest(session);
        totals.read(form, session);
        form.rejectUnread();

        lineItems.keep(order);
        String id = session.path("id").stringValue();
        linesBySession.put(id, order.lines());
        payments.expect(id, terms);
        totals.apply(session.put("currency", order.currency()), order.lines());
    }

    private void describeSubscription(ObjectNode session, Form form) {
        LineItems.Order order = lineItems.read(form, "subscription");
        describeRest(session);
        subscriptions.read(session, form, order.lines());
        totals.read(form, session);
        form.rejectUnread();

        lineItems.keep(order);
        linesBySession.put(session.path("id").stringValue(), order.lines());
        totals.apply(session.put("currency", order.currency()), order.lines());
    }

    private void describeSetup(ObjectNode session, Form form) {
        Optional<Form> data = form.object("setup_intent_data");
        ObjectNode terms = setups.terms(data);
        Optional<String> currency = form.text("currency");
        form.rejectUnread();
        describeRest(session);
        session.put("currency", currency.orElse(null))
                .putNull("amount_subtotal")
                .putNull("amount_total")
                .put("payment_status", "no_payment_required");
        session.putObject("automatic_tax").put("enabled", false).putNull("status");
        ObjectNode intent = setups.open(terms, session.path("customer").asString(""));
        session.put("setup_intent", intent.path("id").stringValue());
        linesBySession.put(session.path("id").stringValue(), session.arrayNode());
    }

    private static void describeRest(ObjectNode session) {
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
        return session.path("mode").stringValue().equals("subscription")
                ? subscriptions.pay(session, lines(id), entry)
                : payments.pay(session, entry, returnUrl(session));
    }

    /** Applies a promotion code that the buyer typed. */
    void promote(ObjectNode session, String code) {
        totals.promote(session, lines(session.path("id").stringValue()), code);
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
