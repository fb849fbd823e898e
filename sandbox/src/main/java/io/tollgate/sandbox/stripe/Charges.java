package io.tollgate.sandbox.stripe;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/charges}: each attempt to take money, successful or not. */
final class Charges {
    static final String KIND = "charge";

    private final Simulation simulation;
    private final BalanceTransactions movements;

    Charges(Simulation simulation, BalanceTransactions movements) {
        this.simulation = simulation;
        this.movements = movements;
    }

    void register(Router router, Expansion expansion) {
        router.get(
                        "/v1/charges",
                        request ->
                                Listing.page(simulation, request, KIND, "customer", "payment_intent", "transfer_group"))
                .get("/v1/charges/{id}", request -> {
                    request.form().rejectUnread();
                    return simulation.require(KIND, request.id(), "id");
                });
        expansion.include(KIND, "refunds", charge -> refundsOf(charge));
    }

    /** Opens an attempt to take what an intent asks for; how it ends is told later. */
    ObjectNode begin(ObjectNode intent, ObjectNode method) {
        ObjectNode charge = describe(intent, method)
                .put("status", "pending")
                .put("paid", false)
                .put("captured", false)
                .put("amount_captured", 0);
        simulation.store().add(charge);
        return charge;
    }

    /** Records how an attempt ended. */
    void conclude(ObjectNode charge, TestCard.Outcome outcome) {
        switch (outcome) {
            case TestCard.Outcome.Approved _ -> succeed(charge);
            case TestCard.Outcome.Declined decline -> fail(charge, decline);
        }
        simulation.events().emit("charge." + charge.path("status").stringValue(), charge);
    }

    private void succeed(ObjectNode charge) {
        charge.put("status", "succeeded")
                .put("paid", true)
                .put("captured", true)
                .put("amount_captured", charge.path("amount").longValue())
                .put("balance_transaction", movements.forCharge(charge));
        charge.putObject("outcome")
                .put("network_status", "approved_by_network")
                .put("seller_message", "Payment complete.")
                .put("type", "authorized");
    }

    private static void fail(ObjectNode charge, TestCard.Outcome.Declined decline) {
        charge.put("status", "failed")
                .put("paid", false)
                .put("captured", false)
                .put("amount_captured", 0)
                .put("failure_code", decline.code())
                .put("failure_message", decline.message());
        charge.putObject("outcome")
                .put("network_status", "declined_by_network")
                .put("reason", decline.declineCode().isEmpty() ? decline.code() : decline.declineCode())
                .put("seller_message", "The bank did not return any further details with this decline.")
                .put("type", "issuer_declined");
    }

    private ObjectNode describe(ObjectNode intent, ObjectNode method) {
        ObjectNode charge = simulation
                .create(KIND, Ids.next("ch_3"))
                .put("amount", intent.path("amount").longValue())
                .put("amount_refunded", 0)
                .put("currency", intent.path("currency").stringValue())
                .put("disputed", false)
                .put("refunded", false)
                .put("payment_intent", intent.path("id").stringValue())
                .put("payment_method", method.path("id").stringValue());
        List.of("customer", "description", "receipt_email", "statement_descriptor", "transfer_group")
                .forEach(field -> charge.set(field, intent.path(field)));
        List.of("application", "balance_transaction", "failure_code", "failure_message", "receipt_url", "review")
                .forEach(charge::putNull);
        charge.set("metadata", intent.path("metadata").deepCopy());
        charge.set("billing_details", method.path("billing_details").deepCopy());
        charge.putObject("fraud_details");
        String type = method.path("type").stringValue();
        ObjectNode details = ((ObjectNode) method.path(type)).deepCopy();
        details.remove("display_brand");
        charge.putObject("payment_method_details").put("type", type).set(type, details);
        return charge;
    }

    private ObjectNode refundsOf(ObjectNode charge) {
        String id = charge.path("id").stringValue();
        ObjectNode list = charge.objectNode()
                .put("object", "list")
                .put("has_more", false)
                .put("url", "/v1/charges/" + id + "/refunds");
        list.putArray("data")
                .addAll(simulation.store().newestFirst(Refunds.KIND).stream()
                        .filter(refund -> refund.path("charge").asString("").equals(id))
                        .map(ObjectNode::deepCopy)
                        .toList());
        return list;
    }
}
