package io.tollgate.billing.topup;

import io.tollgate.billing.checkout.CheckoutSession;
import io.tollgate.billing.checkout.CheckoutSession.Payment;
import io.tollgate.billing.checkout.CheckoutSession.Status;
import io.tollgate.billing.order.Order;

/**
 * Judges sessions.
 *
 * @param nothingPaid what becomes of a top-up that a promotion code left nothing to pay for
 */
public record Verdicts(NothingPaid nothingPaid) {

    /** A code that takes everything off was made by the operator, and promotion codes were allowed by the operator. */
    public enum NothingPaid {
        GRANT,
        WITHHOLD
    }

    Verdict on(Order order, CheckoutSession session) {
        return order.plan() == null ? onTopUp(order, session) : onPlan(session);
    }

    // What a subscription costs today, if anything, is its invoice's business.
    private static Verdict onPlan(CheckoutSession session) {
        return session.status() == Status.COMPLETE ? Verdict.BEGIN : open(session);
    }

    private Verdict onTopUp(Order order, CheckoutSession session) {
        if (session.payment() == Payment.UNPAID) {
            return open(session);
        }
        // Stripe says from the start of a session of nothing that nothing need be paid; the buyer has still to say yes.
        if (session.payment() == Payment.NOT_REQUIRED && session.status() != Status.COMPLETE) {
            return open(session);
        }
        if (!covers(order, session)) {
            return Verdict.PAID_SOMETHING_ELSE;
        }
        return session.payment() == Payment.PAID || nothingPaid == NothingPaid.GRANT
                ? Verdict.GRANT
                : Verdict.PAID_NOTHING;
    }

    // More than the price is possible: taxes. Less is, where a promotion code that we allowed took it off.
    private static boolean covers(Order order, CheckoutSession session) {
        return session.currency().equals(order.price().currency())
                && session.totalMinor() + session.outcome().discountMinor()
                        >= order.price().minor();
    }

    private static Verdict open(CheckoutSession session) {
        return switch (session.status()) {
            case OPEN -> Verdict.OPEN;
            case COMPLETE -> Verdict.ON_ITS_WAY;
            case EXPIRED -> Verdict.EXPIRED;
        };
    }
}
