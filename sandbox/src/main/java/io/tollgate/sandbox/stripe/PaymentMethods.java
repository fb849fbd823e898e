package io.tollgate.sandbox.stripe;

import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/payment_methods}: cards only, and only Stripe's test cards. */
final class PaymentMethods {
    static final String KIND = "payment_method";

    private final Simulation simulation;
    private final Notes<TestCard> cards = new Notes<>();

    PaymentMethods(Simulation simulation) {
        this.simulation = simulation;
    }

    void register(Router router) {
        router.post("/v1/payment_methods", this::create)
                .get("/v1/payment_methods", request -> Listing.page(simulation, request, KIND, "customer", "type"))
                .get("/v1/payment_methods/{id}", request -> {
                    request.form().rejectUnread();
                    return simulation.require(KIND, request.id(), "id");
                })
                .post("/v1/payment_methods/{id}/attach", this::attach);
    }

    private ObjectNode create(ApiRequest request) {
        Form form = request.form();
        form.requiredText("type");
        Form card = form.object("card").orElseThrow(() -> ApiException.missingParameter("card"));
        String number = card.requiredText("number");
        YearMonth expiry = YearMonth.of(
                (int) card.requiredInteger("exp_year"), Math.clamp(card.requiredInteger("exp_month"), 1, 12));
        Optional<String> _ = card.text("cvc");
        form.rejectUnread();
        return create(new CardEntry(CardEntry.card(number), expiry, ""));
    }

    ObjectNode create(CardEntry entry) {
        ObjectNode method = simulation
                .create(KIND, Ids.next("pm_1"))
                .put("allow_redisplay", "unspecified")
                .put("type", "card")
                .putNull("customer");
        method.putObject("metadata");
        method.putObject("billing_details").put("name", entry.name().isEmpty() ? null : entry.name());
        describe(method.putObject("card"), entry.card())
                .put("exp_month", entry.expiry().getMonthValue())
                .put("exp_year", entry.expiry().getYear());
        simulation.store().add(method);
        cards.put(method.path("id").stringValue(), entry.card());
        return method;
    }

    static ObjectNode describe(ObjectNode details, TestCard card) {
        details.put("brand", card.brand())
                .put("country", "US")
                .put("fingerprint", card.fingerprint())
                .put("funding", "credit")
                .put("last4", card.last4());
        details.putObject("checks").putNull("address_line1_check").put("cvc_check", "pass");
        return details;
    }

    private ObjectNode attach(ApiRequest request) {
        String customer = request.form().requiredText("customer");
        request.form().rejectUnread();
        simulation.require(Customers.KIND, customer, "customer");
        ObjectNode method = resolve(request.id());
        method.put("customer", customer);
        simulation.events().emit("payment_method.attached", method);
        return method;
    }

    /** Finds a method by id; one of Stripe's shared names ({@code pm_card_visa}) makes a new one of that card. */
    ObjectNode resolve(String idOrToken) {
        return TestCard.byToken(idOrToken)
                .map(card -> create(CardEntry.of(card)))
                .orElseGet(() -> simulation.require(KIND, idOrToken, "payment_method"));
    }

    TestCard cardOf(ObjectNode method) {
        return cards.find(method.path("id").stringValue())
                .orElseThrow(() -> new IllegalStateException("a payment method without a card"));
    }

    static List<String> types() {
        return List.of("card");
    }
}
