package io.tollgate.billing.checkout;

import org.jspecify.annotations.Nullable;

/**
 * A checkout session as Stripe has it now.
 *
 * @param url null once it can no longer be paid
 * @param reference what we called it when it was opened: the order's id; null if somebody else opened it
 * @param totalMinor what the buyer pays, in {@code currency}
 */
public record CheckoutSession(
        String id,
        @Nullable String url,
        @Nullable String reference,
        Status status,
        Payment payment,
        long totalMinor,
        String currency,
        @Nullable String paymentIntent) {

    /** Whether the buyer can still do something. */
    public enum Status {
        OPEN,
        COMPLETE,
        EXPIRED
    }

    /** Whether the money is here. */
    public enum Payment {
        PAID,
        UNPAID,
        NOT_REQUIRED
    }
}
