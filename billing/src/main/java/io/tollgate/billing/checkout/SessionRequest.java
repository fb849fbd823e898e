package io.tollgate.billing.checkout;

import io.tollgate.billing.order.Order;

/** A session to be opened for an order, with everything Stripe is told about it. */
public record SessionRequest(Order order, String successUrl, String cancelUrl) {

    /** The same for every attempt at the same order, so that Stripe opens one session however often it is asked. */
    public String idempotencyKey() {
        return "tollgate-checkout-" + order.id();
    }
}
