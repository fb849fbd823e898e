package io.tollgate.sandbox.stripe;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/refunds}: money goes back in one or several parts, at once or after a while. A refund counts as given
 * from its creation; one that fails or is canceled makes the charge whole again.
 */
final class Refunds {
    static final String KIND = "refund";
    private static final Set<String> REASONS = Set.of("duplicate", "fraudulent", "requested_by_customer");
    private static final Duration SLOW = Duration.ofDays(1);

    private final Simulation simulation;
    private final BalanceTransactions movements;
    private final PaymentMethods methods;
    private final Disputes disputes;
    private RefundStart start = RefundStart.SUCCEEDED;

    Refunds(Simulation simulation, BalanceTransactions movements, PaymentMethods methods, Disputes disputes) {
        this.simulation = simulation;
        this.movements = movements;
        this.methods = methods;
        this.disputes = disputes;
    }

    void register(Router router) {
        router.post("/v1/refunds", this::create)
                .get("/v1/refunds", request -> Listing.page(simulation, request, KIND, "charge", "payment_intent"))
                .get("/v1/refunds/{id}", request -> {
                    request.form().rejectUnread();
                    return require(request.id());
                })
                .post("/v1/refunds/{id}/cancel", request -> {
                    request.form().rejectUnread();
                    return end(require(request.id()), RefundEnd.CANCELED);
                });
    }

    ObjectNode require(String id) {
        return simulation.require(KIND, id, "id");
    }

    void begin(RefundStart next) {
        start = next;
    }

    private ObjectNode create(ApiRequest request) {
        Form form = request.form();
        ObjectNode charge = chargeOf(form);
        long amount = form.integer("amount").orElse(left(charge));
        Optional<String> reason = form.text("reason");
        reason.filter(given -> !REASONS.contains(given)).ifPresent(given -> {
            throw ApiException.badRequest(
                            "Invalid reason: must be one of duplicate, fraudulent, or requested_by_customer")
                    .with("param", "reason");
        });
        ObjectNode metadata = Metadata.of(form);
        form.rejectUnread();
        return refund(charge, amount, reason.orElse(""), metadata);
    }

    ObjectNode refund(ObjectNode charge, long amount, String reason, ObjectNode metadata) {
        check(charge, amount, left(charge));
        TestCard.Habit habit = methods.habitOf(charge.path("payment_method").asString(""));
        boolean slow = start == RefundStart.PENDING || habit == TestCard.Habit.REFUNDS_SLOWLY;
        ObjectNode refund = describe(charge, amount)
                .put("status", slow ? "pending" : "succeeded")
                .put("reason", reason.isEmpty() ? null : reason);
        refund.set("metadata", metadata);
        refund.put("balance_transaction", movements.forRefund(refund));
        simulation.store().add(refund);
        count(charge, amount);
        simulation.events().emit("refund.created", refund);
        simulation.events().emit("charge.refunded", charge);
        switch (habit) {
            case REFUNDS_SLOWLY -> endLater(refund, RefundEnd.SUCCEEDED);
            case REFUND_FAILS -> endLater(refund, RefundEnd.FAILED);
            default -> {}
        }
        return refund;
    }

    private void endLater(ObjectNode refund, RefundEnd end) {
        simulation.timeline().at(simulation.clock().instant().plus(SLOW), () -> {
            if (mayEnd(refund, end)) {
                end(refund, end);
            }
        });
    }

    /** A bank may send a refund back that had succeeded, but not one that had failed. */
    private static boolean mayEnd(ObjectNode refund, RefundEnd end) {
        String status = refund.path("status").stringValue();
        return status.equals("pending") || (status.equals("succeeded") && end == RefundEnd.FAILED);
    }

    ObjectNode end(ObjectNode refund, RefundEnd end) {
        if (!mayEnd(refund, end)) {
            throw ApiException.badRequest(
                    "A refund that is " + refund.path("status").stringValue() + " cannot become " + end.status() + ".");
        }
        refund.put("status", end.status());
        if (end != RefundEnd.SUCCEEDED) {
            refund.put("failure_balance_transaction", movements.forFailedRefund(refund));
            count(
                    simulation.require(Charges.KIND, refund.path("charge").stringValue(), "charge"),
                    -refund.path("amount").longValue());
        }
        if (end == RefundEnd.FAILED) {
            refund.put("failure_reason", "lost_or_stolen_card");
        }
        simulation.events().emit("refund.updated", refund);
        simulation.events().emit("charge.refund.updated", refund);
        if (end == RefundEnd.FAILED) {
            simulation.events().emit("refund.failed", refund);
        }
        return refund;
    }

    private static void count(ObjectNode charge, long amount) {
        long refunded = charge.path("amount_refunded").longValue() + amount;
        charge.put("amount_refunded", refunded)
                .put("refunded", refunded == charge.path("amount_captured").longValue());
    }

    private static long left(ObjectNode charge) {
        return charge.path("amount_captured").longValue()
                - charge.path("amount_refunded").longValue();
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
                .filter(charge -> charge.path("paid").booleanValue())
                .orElseThrow(() -> ApiException.badRequest(
                        "This PaymentIntent (" + intentId.get() + ") does not have a successful charge to refund."));
    }

    private void check(ObjectNode charge, long amount, long left) {
        String id = charge.path("id").stringValue();
        if (!charge.path("paid").booleanValue()) {
            throw ApiException.badRequest("Charge " + id + " was not successful; there is nothing to refund.");
        }
        if (disputes.forbidsRefunds(charge)) {
            throw ApiException.badParameter(
                    "charge", "charge_disputed", "Charge " + id + " has been charged back; cannot issue a refund.");
        }
        if (left == 0) {
            throw ApiException.badRequest("Charge " + id + " has already been refunded.")
                    .with("code", "charge_already_refunded");
        }
        if (amount < 1) {
            throw ApiException.badParameter("amount", "parameter_invalid_integer", "Invalid positive integer");
        }
        if (amount > left) {
            String whole = left == charge.path("amount_captured").longValue()
                    ? "charge amount"
                    : "unrefunded amount on charge";
            throw ApiException.badRequest("Refund amount (" + shown(amount, charge) + ") is greater than " + whole
                            + " (" + shown(left, charge) + ")")
                    .with("param", "amount");
        }
    }

    private static String shown(long amount, ObjectNode charge) {
        return DisplayAmount.of(amount, charge.path("currency").stringValue());
    }

    private ObjectNode describe(ObjectNode charge, long amount) {
        ObjectNode refund = simulation.create(KIND, Ids.next("re_3"));
        refund.remove("livemode");
        refund.put("amount", amount).put("charge", charge.path("id").stringValue());
        List.of("currency", "payment_intent").forEach(field -> refund.set(field, charge.path(field)));
        List.of("failure_balance_transaction", "receipt_number", "source_transfer_reversal", "transfer_reversal")
                .forEach(refund::putNull);
        refund.putObject("destination_details")
                .put("type", "card")
                .putObject("card")
                .put("type", "refund");
        return refund;
    }
}
