package io.tollgate.sandbox.stripe;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/refunds}: money goes back at once, in one or several parts. */
final class Refunds {
    static final String KIND = "refund";

    private final Simulation simulation;
    private final BalanceTransactions movements;

    Refunds(Simulation simulation, BalanceTransactions movements) {
        this.simulation = simulation;
        this.movements = movements;
    }

    void register(Router router) {
        router.post("/v1/refunds", this::create)
                .get("/v1/refunds", request -> Listing.page(simulation, request, KIND, "charge", "payment_intent"))
                .get("/v1/refunds/{id}", request -> {
                    request.form().rejectUnread();
                    return simulation.require(KIND, request.id(), "id");
                });
    }

    private ObjectNode create(ApiRequest request) {
        Form form = request.form();
        ObjectNode charge = chargeOf(form);
        long left = charge.path("amount_captured").longValue()
                - charge.path("amount_refunded").longValue();
        long amount = form.integer("amount").orElse(left);
        Optional<String> reason = form.text("reason");
        ObjectNode metadata = Metadata.of(form);
        form.rejectUnread();
        check(charge, amount, left);

        ObjectNode refund = describe(charge, amount).put("reason", reason.orElse(null));
        refund.set("metadata", metadata);
        refund.put("balance_transaction", movements.forRefund(refund));
        simulation.store().add(refund);
        charge.put("amount_refunded", charge.path("amount_refunded").longValue() + amount)
                .put("refunded", amount == left);
        simulation.events().emit("refund.created", refund);
        simulation.events().emit("charge.refunded", charge);
        return refund;
    }

    private ObjectNode chargeOf(Form form) {
        Optional<String> intentId = form.text("payment_intent");
        if (intentId.isEmpty()) {
            return simulation.require(Charges.KIND, form.requiredText("charge"), "charge");
        }
        ObjectNode intent = simulation.require(PaymentIntents.KIND, intentId.get(), "payment_intent");
        return simulation
                .store()
                .find(Charges.KIND, intent.path("latest_charge").asString(""))
                .orElseThrow(() -> ApiException.badParameter(
                        "payment_intent", "charge_not_found", "This PaymentIntent has no successful charge."));
    }

    private static void check(ObjectNode charge, long amount, long left) {
        if (left == 0) {
            throw ApiException.badParameter(
                    "charge",
                    "charge_already_refunded",
                    "Charge " + charge.path("id").stringValue() + " has already been refunded, or was never paid.");
        }
        if (amount < 1 || amount > left) {
            throw ApiException.badParameter(
                    "amount",
                    "parameter_invalid_integer",
                    "Refund amount (" + amount + ") must be between 1 and what is left of the charge (" + left + ").");
        }
    }

    private ObjectNode describe(ObjectNode charge, long amount) {
        ObjectNode refund = simulation.create(KIND, Ids.next("re_3"));
        refund.remove("livemode");
        refund.put("amount", amount)
                .put("charge", charge.path("id").stringValue())
                .put("status", "succeeded");
        List.of("currency", "payment_intent").forEach(field -> refund.set(field, charge.path(field)));
        List.of("receipt_number", "source_transfer_reversal", "transfer_reversal")
                .forEach(refund::putNull);
        refund.putObject("destination_details")
                .put("type", "card")
                .putObject("card")
                .put("type", "refund");
        return refund;
    }
}
