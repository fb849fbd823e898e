package io.tollgate.sandbox.stripe;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/setup_intents}: a method saved for later without a payment; made by sessions in setup mode. */
final class SetupIntents {
    static final String KIND = "setup_intent";

    private final Simulation simulation;
    private final PaymentMethods methods;

    SetupIntents(Simulation simulation, PaymentMethods methods) {
        this.simulation = simulation;
        this.methods = methods;
    }

    void register(Router router) {
        router.get(
                        "/v1/setup_intents",
                        request -> Listing.page(simulation, request, KIND, "customer", "payment_method"))
                .get("/v1/setup_intents/{id}", request -> {
                    request.form().rejectUnread();
                    return simulation.require(KIND, request.id(), "id");
                });
    }

    /** Reads {@code setup_intent_data} of a session. */
    ObjectNode terms(Optional<Form> data) {
        ObjectNode terms = JsonNodeFactory.instance
                .objectNode()
                .put("description", data.flatMap(it -> it.text("description")).orElse(null));
        return terms.set("metadata", data.map(Metadata::of).orElseGet(terms::objectNode));
    }

    ObjectNode open(ObjectNode terms, String customer) {
        String id = Ids.next("seti_1");
        ObjectNode intent = simulation
                .create(KIND, id)
                .put("client_secret", id + "_secret_" + Ids.next(""))
                .put("customer", customer.isEmpty() ? null : customer)
                .put("status", "requires_payment_method")
                .put("usage", "off_session");
        List.of("application", "cancellation_reason", "last_setup_error", "latest_attempt", "mandate")
                .forEach(intent::putNull);
        List.of("next_action", "on_behalf_of", "payment_method", "single_use_mandate")
                .forEach(intent::putNull);
        PaymentMethods.types().forEach(intent.putArray("payment_method_types")::add);
        intent.setAll(terms);
        simulation.store().add(intent);
        simulation.events().emit("setup_intent.created", intent);
        return intent;
    }

    /** Saves the card, unless its bank refuses it even for that. */
    TestCard.Outcome succeed(ObjectNode intent, CardEntry entry) {
        TestCard.Outcome outcome = entry.card().whenSaved();
        if (outcome instanceof TestCard.Outcome.Declined decline) {
            intent.set("last_setup_error", ApiException.declined(decline).body().path("error"));
            simulation.events().emit("setup_intent.setup_failed", intent);
            return outcome;
        }
        ObjectNode method = methods.create(entry);
        intent.put("status", "succeeded")
                .put("payment_method", method.path("id").stringValue())
                .putNull("last_setup_error");
        String customer = intent.path("customer").asString("");
        if (!customer.isEmpty()) {
            methods.save(method, customer);
        }
        simulation.events().emit("setup_intent.succeeded", intent);
        return outcome;
    }
}
