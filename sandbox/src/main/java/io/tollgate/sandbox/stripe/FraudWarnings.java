package io.tollgate.sandbox.stripe;

import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/radar/early_fraud_warnings}: a bank says that a charge will likely be disputed. */
final class FraudWarnings {
    static final String KIND = "radar.early_fraud_warning";

    private final Simulation simulation;

    FraudWarnings(Simulation simulation) {
        this.simulation = simulation;
    }

    void register(Router router) {
        router.get(
                        "/v1/radar/early_fraud_warnings",
                        request -> Listing.page(simulation, request, KIND, "charge", "payment_intent"))
                .get("/v1/radar/early_fraud_warnings/{id}", request -> {
                    request.form().rejectUnread();
                    return simulation.require(KIND, request.id(), "id");
                });
    }

    ObjectNode warn(ObjectNode charge) {
        ObjectNode warning = simulation
                .create(KIND, Ids.next("issfr_1"))
                .put("actionable", !charge.path("refunded").asBoolean(false))
                .put("charge", charge.path("id").stringValue())
                .put("fraud_type", "unauthorized_use_of_card");
        warning.set("payment_intent", charge.path("payment_intent"));
        simulation.store().add(warning);
        simulation.events().emit("radar.early_fraud_warning.created", warning);
        return warning;
    }
}
