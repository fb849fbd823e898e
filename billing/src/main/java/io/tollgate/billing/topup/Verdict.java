package io.tollgate.billing.topup;

import io.tollgate.billing.checkout.CheckoutSession;
import io.tollgate.billing.checkout.CheckoutSession.Payment;
import io.tollgate.billing.order.Order;

/** What an order and its session, put side by side, come to. */
enum Verdict {
    /** The money is here and it is what was asked for. */
    GRANT,
    /** The money is here, but it is not what was asked for. */
    PAID_SOMETHING_ELSE,
    /** The buyer can still pay. */
    OPEN,
    /** The buyer is done; the money is on its way. */
    ON_ITS_WAY,
    EXPIRED;

    static Verdict on(Order order, CheckoutSession session) {
        if (session.payment() != Payment.UNPAID) {
            return pays(order, session) ? GRANT : PAID_SOMETHING_ELSE;
        }
        return switch (session.status()) {
            case OPEN -> OPEN;
            case COMPLETE -> ON_ITS_WAY;
            case EXPIRED -> EXPIRED;
        };
    }

    // More than the price is possible: taxes. Nothing to pay is not: we sell nothing for free.
    private static boolean pays(Order order, CheckoutSession session) {
        return session.payment() == Payment.PAID
                && session.currency().equals(order.price().currency())
                && session.totalMinor() >= order.price().minor();
    }
}
