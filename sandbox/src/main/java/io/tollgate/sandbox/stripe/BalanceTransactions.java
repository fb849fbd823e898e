package io.tollgate.sandbox.stripe;

import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/balance_transactions}: what moved on the merchant's own balance, fees included. */
final class BalanceTransactions {
    static final String KIND = "balance_transaction";
    private static final long FEE_PER_THOUSAND = 29;
    private static final long FEE_FIXED = 30;
    /** What a dispute costs beside its amount; given back when it is won. */
    private static final long FEE_DISPUTE = 1_500;

    private final Simulation simulation;

    BalanceTransactions(Simulation simulation) {
        this.simulation = simulation;
    }

    void register(Router router) {
        router.get(
                        "/v1/balance_transactions",
                        request -> Listing.page(simulation, request, KIND, "source", "type", "currency"))
                .get("/v1/balance_transactions/{id}", request -> {
                    request.form().rejectUnread();
                    return simulation.require(KIND, request.id(), "id");
                });
    }

    String forCharge(ObjectNode charge) {
        long amount = charge.path("amount").longValue();
        return idOf(add("charge", amount, amount * FEE_PER_THOUSAND / 1_000 + FEE_FIXED, charge));
    }

    /** Stripe keeps the fee of a refunded charge. */
    String forRefund(ObjectNode refund) {
        return idOf(add("refund", -refund.path("amount").longValue(), 0, refund));
    }

    String forFailedRefund(ObjectNode refund) {
        return idOf(add("refund_failure", refund.path("amount").longValue(), 0, refund));
    }

    /** The movement itself, for a dispute shows its movements. */
    ObjectNode forDispute(ObjectNode dispute) {
        return add("adjustment", -dispute.path("amount").longValue(), FEE_DISPUTE, dispute)
                .put("reporting_category", "dispute");
    }

    ObjectNode forReinstatement(ObjectNode dispute) {
        return add("adjustment", dispute.path("amount").longValue(), -FEE_DISPUTE, dispute)
                .put("reporting_category", "dispute_reversal");
    }

    private static String idOf(ObjectNode movement) {
        return movement.path("id").stringValue();
    }

    private ObjectNode add(String type, long amount, long fee, ObjectNode source) {
        String id = Ids.next("txn_1");
        ObjectNode movement = simulation.create(KIND, id);
        movement.remove("livemode");
        movement.put("amount", amount)
                .put("fee", fee)
                .put("net", amount - fee)
                .put("currency", source.path("currency").stringValue())
                .put("available_on", simulation.clock().epochSecond())
                .put("balance_type", "payments")
                .put("reporting_category", type)
                .put("source", source.path("id").stringValue())
                .put("status", "available")
                .put("type", type)
                .putNull("description")
                .putNull("exchange_rate");
        movement.putArray("fee_details");
        simulation.store().add(movement);
        return movement;
    }
}
