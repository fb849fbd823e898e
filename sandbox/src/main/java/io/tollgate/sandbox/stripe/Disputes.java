package io.tollgate.sandbox.stripe;

import java.time.Duration;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/disputes}: a cardholder's bank takes the money back, at the opening and not at the loss. {@code
 * balance_transactions} tells what moved: one withdrawal, and one reinstatement if the merchant won.
 */
final class Disputes {
    static final String KIND = "dispute";
    private static final Duration TIME_TO_RESPOND = Duration.ofDays(9);
    private static final Set<String> OVER = Set.of("won", "lost", "warning_closed", "prevented");

    private static final Set<String> REASONS = Set.of(
            "bank_cannot_process",
            "check_returned",
            "credit_not_processed",
            "customer_initiated",
            "debit_not_authorized",
            "duplicate",
            "fraudulent",
            "general",
            "incorrect_account_details",
            "insufficient_funds",
            "noncompliant",
            "product_not_received",
            "product_unacceptable",
            "subscription_canceled",
            "unrecognized");

    private final Simulation simulation;
    private final BalanceTransactions movements;

    Disputes(Simulation simulation, BalanceTransactions movements) {
        this.simulation = simulation;
        this.movements = movements;
    }

    void register(Router router) {
        router.get("/v1/disputes", request -> Listing.page(simulation, request, KIND, "charge", "payment_intent"))
                .get("/v1/disputes/{id}", request -> {
                    request.form().rejectUnread();
                    return require(request.id());
                })
                .post("/v1/disputes/{id}", this::update)
                .post("/v1/disputes/{id}/close", request -> {
                    request.form().rejectUnread();
                    return close(require(request.id()), DisputeEnd.LOST);
                });
    }

    ObjectNode require(String id) {
        return simulation.require(KIND, id, "id");
    }

    ObjectNode open(ObjectNode charge, long amount, String reason, DisputeStart start) {
        if (!charge.path("paid").asBoolean(false)) {
            throw ApiException.badRequest("Only a charge that was paid can be disputed.");
        }
        if (amount < 1 || amount > charge.path("amount_captured").longValue()) {
            throw ApiException.badRequest("A dispute is about 1 up to the amount of its charge.");
        }
        if (!REASONS.contains(reason)) {
            throw ApiException.badParameter("reason", "parameter_invalid", "Stripe knows no such reason: " + reason);
        }
        ObjectNode dispute = describe(charge, amount).put("reason", reason).put("status", start.status());
        simulation.store().add(dispute);
        charge.put("disputed", true);
        if (start == DisputeStart.INQUIRY) {
            dispute.put("is_charge_refundable", true);
            simulation.events().emit("charge.dispute.created", dispute);
        } else {
            withdraw(dispute, "charge.dispute.created");
        }
        return dispute;
    }

    /** An inquiry that was not settled becomes a dispute, and the money goes. */
    ObjectNode escalate(ObjectNode dispute) {
        if (!dispute.path("status").stringValue().equals(DisputeStart.INQUIRY.status())) {
            throw ApiException.badRequest("Only an open inquiry becomes a dispute.");
        }
        dispute.put("status", DisputeStart.NEEDS_RESPONSE.status()).put("is_charge_refundable", false);
        withdraw(dispute, "charge.dispute.updated");
        return dispute;
    }

    ObjectNode close(ObjectNode dispute, DisputeEnd end) {
        String status = dispute.path("status").stringValue();
        if (OVER.contains(status)) {
            throw ApiException.badRequest("This dispute is over: " + status + ".")
                    .with("code", "dispute_already_closed");
        }
        boolean inquiry = status.startsWith("warning_");
        if (inquiry != (end == DisputeEnd.INQUIRY_CLOSED) && end != DisputeEnd.PREVENTED) {
            throw ApiException.badRequest("A dispute that is " + status + " does not end as " + end.status() + ".");
        }
        dispute.put("status", end.status()).put("is_charge_refundable", end == DisputeEnd.WON || inquiry);
        if (end == DisputeEnd.PREVENTED && inquiry) {
            withdraw(dispute, "charge.dispute.updated");
        }
        if (end == DisputeEnd.WON) {
            dispute.withArray("balance_transactions").add(movements.forReinstatement(dispute));
        }
        simulation.events().emit("charge.dispute.closed", dispute);
        if (end == DisputeEnd.WON) {
            simulation.events().emit("charge.dispute.funds_reinstated", dispute);
        }
        return dispute;
    }

    /** Whether money is out for a dispute that is not decided, or lost: nothing can be refunded then. */
    boolean forbidsRefunds(ObjectNode charge) {
        String id = charge.path("id").stringValue();
        return simulation.store().newestFirst(KIND).stream()
                .anyMatch(dispute -> dispute.path("charge").stringValue().equals(id)
                        && !dispute.path("is_charge_refundable").booleanValue());
    }

    private void withdraw(ObjectNode dispute, String event) {
        dispute.withArray("balance_transactions").add(movements.forDispute(dispute));
        simulation.events().emit(event, dispute);
        simulation.events().emit("charge.dispute.funds_withdrawn", dispute);
    }

    private ObjectNode update(ApiRequest request) {
        ObjectNode dispute = require(request.id());
        ObjectNode metadata = Metadata.merged((ObjectNode) dispute.path("metadata"), request.form());
        var evidence = request.form().textsBelow("evidence");
        boolean submit = request.form().flag("submit").orElse(true);
        request.form().rejectUnread();
        dispute.set("metadata", metadata);
        evidence.forEach((name, text) -> ((ObjectNode) dispute.path("evidence")).put(name, text));
        ObjectNode details = (ObjectNode) dispute.path("evidence_details");
        details.put("has_evidence", !dispute.path("evidence").isEmpty());
        if (submit
                && !evidence.isEmpty()
                && !OVER.contains(dispute.path("status").stringValue())) {
            boolean inquiry = dispute.path("status").stringValue().startsWith("warning_");
            dispute.put("status", inquiry ? "warning_under_review" : "under_review");
            details.put("submission_count", details.path("submission_count").longValue() + 1);
        }
        simulation.events().emit("charge.dispute.updated", dispute);
        return dispute;
    }

    private ObjectNode describe(ObjectNode charge, long amount) {
        ObjectNode dispute = simulation
                .create(KIND, Ids.next("du_1"))
                .put("amount", amount)
                .put("charge", charge.path("id").stringValue())
                .put("is_charge_refundable", false);
        dispute.set("currency", charge.path("currency"));
        dispute.set("payment_intent", charge.path("payment_intent"));
        dispute.putArray("balance_transactions");
        dispute.putObject("evidence");
        dispute.putObject("evidence_details")
                .put(
                        "due_by",
                        simulation.clock().instant().plus(TIME_TO_RESPOND).getEpochSecond())
                .put("has_evidence", false)
                .put("past_due", false)
                .put("submission_count", 0);
        dispute.putObject("metadata");
        dispute.putArray("enhanced_eligibility_types");
        dispute.putObject("payment_method_details")
                .put("type", "card")
                .putObject("card")
                .put("brand", charge.at("/payment_method_details/card/brand").asString("visa"))
                .put("case_type", "chargeback")
                .put("network_reason_code", "10.4");
        return dispute;
    }
}
