package io.tollgate.billing.checkout;

import io.tollgate.billing.order.Order;

/** A session to be opened for an order, with everything Stripe is told about it. */
public record SessionRequest(Order order, Wanted wanted, Visit visit, SessionOptions options) {

    /** The same for every attempt at the same order, so that Stripe opens one session however often it is asked. */
    public String idempotencyKey() {
        return "tollgate-checkout-" + order.id();
    }

    public String successUrl() {
        return visit.urls().successTemplate();
    }

    public String cancelUrl() {
        return visit.urls().cancel().toString();
    }

    public String locale() {
        return visit.locale() == null ? options.locale() : visit.locale();
    }
}
