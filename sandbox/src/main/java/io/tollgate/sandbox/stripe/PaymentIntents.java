package io.tollgate.sandbox.stripe;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/payment_intents}: one purpose to be paid, whatever number of attempts it takes. */
final class PaymentIntents {
    static final String KIND = "payment_intent";
    static final long AMOUNT_MIN = 50;
    private static final List<String> TEXTS = List.of(
            "description",
            "receipt_email",
            "setup_future_usage",
            "statement_descriptor",
            "statement_descriptor_suffix",
            "transfer_group");

    private final Simulation simulation;
    private final Attempts attempts;
    private final Confirmations confirmations;

    PaymentIntents(Simulation simulation, PaymentMethods methods, Attempts attempts) {
        this.simulation = simulation;
        this.attempts = attempts;
        this.confirmations = new Confirmations(methods, attempts);
    }

    void register(Router router) {
        router.post("/v1/payment_intents", this::create)
                .get("/v1/payment_intents", request -> Listing.page(simulation, request, KIND, "customer"))
                .get("/v1/payment_intents/{id}", request -> {
                    request.form().rejectUnread();
                    return simulation.require(KIND, request.id(), "id");
                })
                .post("/v1/payment_intents/{id}", this::update)
                .post("/v1/payment_intents/{id}/confirm", this::confirm)
                .post("/v1/payment_intents/{id}/cancel", this::cancel);
    }

    private ObjectNode create(ApiRequest request) {
        Form form = request.form();
        long amount = Prices.amount(form, "amount");
        requireChargeable(amount, "amount");
        ObjectNode intent = describe(amount, Prices.currency(form), terms(form));
        Optional<String> customer = form.text("customer");
        customer.ifPresent(id -> simulation.require(Customers.KIND, id, "customer"));
        intent.put("customer", customer.orElse(null));
        Optional<String> method = form.text("payment_method");
        boolean confirm = form.flag("confirm").orElse(false);
        Confirmations.Terms how = Confirmations.Terms.read(form);
        form.object("automatic_payment_methods")
                .ifPresent(automatic -> List.of("enabled", "allow_redirects").forEach(automatic::text));
        form.textList("payment_method_types");
        form.rejectUnread();
        if (confirm && method.isEmpty()) {
            throw ApiException.missingParameter("payment_method");
        }

        method.ifPresent(id -> intent.put(
                        "payment_method",
                        confirmations.usable(id, intent).path("id").stringValue())
                .put("status", "requires_confirmation"));
        add(intent);
        return confirm ? confirmations.confirm(intent, how) : intent;
    }

    static void requireChargeable(long amount, String param) {
        if (amount < AMOUNT_MIN) {
            throw ApiException.badParameter(
                    param, "amount_too_small", "Amount must be at least 50 of the currency's minor units.");
        }
    }

    /** Reads what an intent may be told, directly or as {@code payment_intent_data} of a session. */
    ObjectNode terms(Form form) {
        ObjectNode terms = simulation.create(KIND, "");
        terms.removeAll();
        TEXTS.forEach(field -> terms.put(field, form.text(field).orElse(null)));
        terms.set("metadata", Metadata.of(form));
        return terms;
    }

    ObjectNode describe(long amount, String currency, ObjectNode terms) {
        String id = Ids.next("pi_3");
        ObjectNode intent = simulation
                .create(KIND, id)
                .put("amount", amount)
                .put("amount_capturable", 0)
                .put("amount_received", 0)
                .put("capture_method", "automatic")
                .put("client_secret", id + "_secret_" + Ids.next(""))
                .put("confirmation_method", "automatic")
                .put("currency", currency)
                .put("status", "requires_payment_method");
        List.of("application", "canceled_at", "cancellation_reason", "customer", "last_payment_error", "latest_charge")
                .forEach(intent::putNull);
        List.of("next_action", "on_behalf_of", "payment_method", "processing", "review", "shipping")
                .forEach(intent::putNull);
        PaymentMethods.types().forEach(intent.putArray("payment_method_types")::add);
        return intent.setAll(terms.deepCopy());
    }

    void add(ObjectNode intent) {
        simulation.store().add(intent);
        simulation.events().emit("payment_intent.created", intent);
    }

    private ObjectNode update(ApiRequest request) {
        ObjectNode intent = simulation.require(KIND, request.id(), "intent");
        ObjectNode metadata = Metadata.merged((ObjectNode) intent.path("metadata"), request.form());
        Optional<String> description = request.form().text("description");
        request.form().rejectUnread();
        intent.set("metadata", metadata);
        description.ifPresent(text -> intent.put("description", text));
        return intent;
    }

    private ObjectNode confirm(ApiRequest request) {
        ObjectNode intent = simulation.require(KIND, request.id(), "intent");
        Optional<String> method = request.form().text("payment_method");
        Confirmations.Terms how = Confirmations.Terms.read(request.form());
        request.form().rejectUnread();
        requireUnfinished(intent, "confirm");
        method.ifPresent(id -> intent.put(
                "payment_method", confirmations.usable(id, intent).path("id").stringValue()));
        return confirmations.confirm(intent, how);
    }

    /** Where the intents' cardholders prove who they are, known once the port is. */
    void hostedAt(String baseUri) {
        confirmations.hostedAt(baseUri);
    }

    TestCard.Outcome pay(ObjectNode intent, ObjectNode method) {
        return attempts.pay(intent, method);
    }

    TestCard.Outcome payOffSession(ObjectNode intent, ObjectNode method) {
        return attempts.payOffSession(intent, method);
    }

    void requireAction(ObjectNode intent, ObjectNode method) {
        confirmations.requireAction(intent, method);
    }

    void whenSettled(Consumer<ObjectNode> listener) {
        attempts.whenSettled(listener);
    }

    private ObjectNode cancel(ApiRequest request) {
        ObjectNode intent = simulation.require(KIND, request.id(), "intent");
        Optional<String> reason = request.form().text("cancellation_reason");
        request.form().rejectUnread();
        requireUnfinished(intent, "cancel");
        intent.put("status", "canceled")
                .put("canceled_at", simulation.clock().epochSecond())
                .put("cancellation_reason", reason.orElse(null));
        simulation.events().emit("payment_intent.canceled", intent);
        return intent;
    }

    private static void requireUnfinished(ObjectNode intent, String verb) {
        String status = intent.path("status").stringValue();
        if (status.equals("succeeded") || status.equals("canceled") || status.equals("processing")) {
            throw ApiException.badRequest(
                            "You cannot " + verb + " this PaymentIntent because it has a status of " + status + ".")
                    .with("code", "payment_intent_unexpected_state");
        }
    }
}
