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
                return answered(id, Form.parse(request.body()).text("answer").orElse(""));
            }
            return Reply.html(200, CheckoutPage.question(intent.get()));
        });
    }

    private Reply answered(String intent, String answer) {
        try {
            boolean paid = answer.equals("approve") ? bank.authenticate(intent) : bank.refuseAuthentication(intent);
            return Reply.html(
                    200,
                    paid
                            ? CheckoutPage.said("Paid", "Thank you. The payment went through.")
                            : CheckoutPage.said("Not paid", "The payment was declined. Nothing was charged."));
        } catch (ApiException refused) {
            return Reply.html(400, CheckoutPage.said("Not possible", String.valueOf(refused.getMessage())));
        }
    }
}
