package io.tollgate.sandbox.stripe;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The calls of the control API that name a payment, a dispute or a refund: {@link Bank} over HTTP. */
final class BankControl {
    private final StripeSimulator simulator;

    BankControl(StripeSimulator simulator) {
        this.simulator = simulator;
    }

    /** Empty when it is none of these calls. */
    Optional<Object> answer(List<String> call, JsonNode body) {
        Bank bank = simulator.bank();
        String id = call.get(2);
        return switch (call.get(0) + " " + call.get(1) + " " + call.get(3)) {
            case "POST sessions debit" -> Optional.of(bank.debit(id));
            case "POST sessions end-debit" ->
                done(id, () -> bank.endDebit(id, ControlApi.named(DebitEnd.class, body, "end")));
            case "POST sessions promote" ->
                done(
                        id,
                        () -> simulator.enterPromotionCode(id, body.path("code").asString("")));
            case "POST payments dispute" -> Optional.of(Map.of("id", dispute(id, body)));
            case "POST payments refund" -> Optional.of(Map.of("id", bank.refund(id, amount(body))));
            case "POST payments warn" -> Optional.of(Map.of("id", bank.warnOfFraud(id)));
            case "POST payments authenticate" -> Optional.of(Map.of("paid", bank.authenticate(id)));
            case "POST payments refuse" -> Optional.of(Map.of("paid", bank.refuseAuthentication(id)));
            case "POST disputes escalate" -> done(id, () -> bank.escalateDispute(id));
            case "POST disputes close" ->
                done(id, () -> bank.closeDispute(id, ControlApi.named(DisputeEnd.class, body, "end")));
            case "POST refunds end" ->
                done(id, () -> bank.endRefund(id, ControlApi.named(RefundEnd.class, body, "end")));
            case "POST refunds begin" ->
                done(id, () -> bank.beginRefunds(ControlApi.named(RefundStart.class, body, "start")));
            default -> Optional.empty();
        };
    }

    private String dispute(String payment, JsonNode body) {
        return simulator
                .bank()
                .dispute(
                        payment,
                        amount(body),
                        body.path("reason").asString("fraudulent"),
                        ControlApi.named(DisputeStart.class, body, "start"));
    }

    private static long amount(JsonNode body) {
        return ControlApi.between(body, "amount", 0, 1, Long.MAX_VALUE);
    }

    private static Optional<Object> done(String id, Runnable work) {
        work.run();
        return Optional.of(Map.of("id", id));
    }
}
