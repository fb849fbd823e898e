package io.tollgate.sandbox.stripe;

import tools.jackson.databind.node.ObjectNode;

/** Checkout sessions paid from a bank account: complete at once, paid or not some days later. */
final class BankDebits {
    private static final TestCard.Outcome.Declined NOT_COVERED =
            new TestCard.Outcome.Declined("insufficient_funds", "", "The bank account has insufficient funds.");

    private final Simulation simulation;
    private final CheckoutSessions sessions;
    private final CheckoutPayments payments;
    private final PaymentMethods methods;
    private final Attempts attempts;

    BankDebits(
            Simulation simulation,
            CheckoutSessions sessions,
            CheckoutPayments payments,
            PaymentMethods methods,
            Attempts attempts) {
        this.simulation = simulation;
        this.sessions = sessions;
        this.payments = payments;
        this.methods = methods;
        this.attempts = attempts;
    }

    PaymentMethods methods() {
        return methods;
    }

    CheckoutResult begin(String sessionId) {
        ObjectNode session = sessions.require(sessionId);
        String status = session.path("status").stringValue();
        if (!status.equals("open")) {
            return new CheckoutResult.NotOpen(status);
        }
        if (!session.path("mode").stringValue().equals("payment")) {
            throw ApiException.badRequest("Only one-off payments are made from a bank account here.");
        }
        ObjectNode intent = payments.intentOf(session);
        attempts.begin(
                intent, methods.createBankAccount(session.path("currency").stringValue()));
        payments.complete(session, "");
        return new CheckoutResult.Paid(sessionId, intent.path("id").stringValue(), CheckoutSessions.returnUrl(session));
    }

    ObjectNode end(String sessionId, DebitEnd end) {
        ObjectNode session = sessions.require(sessionId);
        ObjectNode intent = simulation.require(
                PaymentIntents.KIND, session.path("payment_intent").asString(""), "id");
        switch (end) {
            case SUCCEEDED -> {
                attempts.end(intent, new TestCard.Outcome.Approved());
                payments.paid(session, intent);
                simulation.events().emit("checkout.session.async_payment_succeeded", session);
            }
            case FAILED -> {
                attempts.end(intent, NOT_COVERED);
                simulation.events().emit("checkout.session.async_payment_failed", session);
            }
        }
        return session;
    }
}
