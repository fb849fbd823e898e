package io.tollgate.sandbox.stripe;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /c/authenticate/{intent}}: the bank asks its cardholder whether a payment is theirs. */
final class AuthenticationPages {
    private final Simulation simulation;
    private final Bank bank;

    AuthenticationPages(Simulation simulation, Bank bank) {
        this.simulation = simulation;
        this.bank = bank;
    }

    Reply handle(Incoming request) {
        String id = request.path().substring(Confirmations.PAGE_PREFIX.length());
        return simulation.inTurn(() -> {
            Optional<ObjectNode> intent = simulation.store().find(PaymentIntents.KIND, id);
            if (intent.isEmpty()) {
                return Reply.html(404, CheckoutPage.said("Not found", "There is no such payment."));
            }
            if (request.method().equals("POST")) {
                return answered(
                        intent.get(), Form.parse(request.body()).text("answer").orElse(""));
            }
            return Reply.html(200, CheckoutPage.question(intent.get()));
        });
    }

    private Reply answered(ObjectNode intent, String answer) {
        String id = intent.path("id").stringValue();
        String returnUrl = intent.at("/next_action/redirect_to_url/return_url").asString("");
        try {
            boolean paid = answer.equals("approve") ? bank.authenticate(id) : bank.refuseAuthentication(id);
            return returnUrl.isEmpty() ? said(paid) : Reply.seeOther(withOutcome(returnUrl, id, paid));
        } catch (ApiException refused) {
            return Reply.html(400, CheckoutPage.said("Not possible", String.valueOf(refused.getMessage())));
        }
    }

    private static Reply said(boolean paid) {
        return Reply.html(
                200,
                paid
                        ? CheckoutPage.said("Paid", "Thank you. The payment went through.")
                        : CheckoutPage.said("Not paid", "The payment was declined. Nothing was charged."));
    }

    private static String withOutcome(String returnUrl, String intent, boolean paid) {
        return returnUrl + (returnUrl.contains("?") ? "&" : "?") + "payment_intent=" + intent + "&redirect_status="
                + (paid ? "succeeded" : "failed");
    }
}
