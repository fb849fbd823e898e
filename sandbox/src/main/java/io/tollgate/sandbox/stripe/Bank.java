package io.tollgate.sandbox.stripe;

import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What banks, their customers and the merchant at Stripe's dashboard do without the API being asked. A payment is named
 * by its intent or its charge.
 */
public final class Bank {
    private final Simulation simulation;
    private final Disputes disputes;
    private final Refunds refunds;
    private final FraudWarnings warnings;
    private final Attempts attempts;
    private final BankDebits debits;

    Bank(
            Simulation simulation,
            Disputes disputes,
            Refunds refunds,
            FraudWarnings warnings,
            Attempts attempts,
            BankDebits debits) {
        this.simulation = simulation;
        this.disputes = disputes;
        this.refunds = refunds;
        this.warnings = warnings;
        this.attempts = attempts;
        this.debits = debits;
        attempts.whenSettled(this::followHabit);
    }

    /** Some test cards are disputed, or warned of, as soon as they have paid. */
    private void followHabit(ObjectNode intent) {
        if (!intent.path("status").stringValue().equals("succeeded")) {
            return;
        }
        ObjectNode charge = chargeOf(intent.path("id").stringValue());
        long amount = charge.path("amount").longValue();
        switch (debits.methods().habitOf(charge.path("payment_method").asString(""))) {
            case DISPUTES_AS_FRAUD -> disputes.open(charge, amount, "fraudulent", DisputeStart.NEEDS_RESPONSE);
            case DISPUTES_AS_NOT_RECEIVED ->
                disputes.open(charge, amount, "product_not_received", DisputeStart.NEEDS_RESPONSE);
            case INQUIRES -> disputes.open(charge, amount, "fraudulent", DisputeStart.INQUIRY);
            case WARNS_OF_FRAUD -> warnings.warn(charge);
            default -> {}
        }
    }

    /** Opens a dispute about (a part of) a payment and returns its id. */
    public String dispute(String payment, long amount, String reason, DisputeStart start) {
        return id(() -> disputes.open(chargeOf(payment), amount, reason, start));
    }

    /** Makes an inquiry a dispute: now the money goes. */
    public void escalateDispute(String dispute) {
        String _ = id(() -> disputes.escalate(disputes.require(dispute)));
    }

    public void closeDispute(String dispute, DisputeEnd end) {
        String _ = id(() -> disputes.close(disputes.require(dispute), end));
    }

    /** Sends an early fraud warning about a payment and returns its id. */
    public String warnOfFraud(String payment) {
        return id(() -> warnings.warn(chargeOf(payment)));
    }

    /** Refunds (a part of) a payment as someone at Stripe's dashboard does, and returns the refund's id. */
    public String refund(String payment, long amount) {
        return id(() -> refunds.refund(
                chargeOf(payment), amount, "requested_by_customer", JsonNodeFactory.instance.objectNode()));
    }

    public void beginRefunds(RefundStart start) {
        simulation.inTurn(() -> {
            refunds.begin(start);
            return start;
        });
    }

    public void endRefund(String refund, RefundEnd end) {
        String _ = id(() -> refunds.end(refunds.require(refund), end));
    }

    /** Pays a checkout session from a bank account: complete, but unpaid until the bank decides. */
    public CheckoutResult debit(String session) {
        return simulation.inTurn(() -> debits.begin(session));
    }

    public void endDebit(String session, DebitEnd end) {
        String _ = id(() -> debits.end(session, end));
    }

    /** The cardholder proves who they are; true if the payment then went through. */
    public boolean authenticate(String intent) {
        return simulation.inTurn(() -> attempts.authenticate(intent(intent)) instanceof TestCard.Outcome.Approved);
    }

    /** The cardholder says that it was not them; always false: the payment did not go through. */
    public boolean refuseAuthentication(String intent) {
        return simulation.inTurn(
                () -> attempts.refuseAuthentication(intent(intent)) instanceof TestCard.Outcome.Approved);
    }

    private ObjectNode intent(String id) {
        return simulation.require(PaymentIntents.KIND, id, "intent");
    }

    private ObjectNode chargeOf(String payment) {
        String charge = payment.startsWith("pi_")
                ? intent(payment).path("latest_charge").asString("")
                : payment;
        return simulation.require(Charges.KIND, charge, "charge");
    }

    private String id(Supplier<ObjectNode> work) {
        return simulation.inTurn(() -> work.get().path("id").stringValue());
    }
}
