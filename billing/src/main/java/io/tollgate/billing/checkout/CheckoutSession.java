package io.tollgate.billing.checkout;

import org.jspecify.annotations.Nullable;

/**
 * A checkout session as Stripe has it now.
 *
 * @param url null once it can no longer be paid
 * @param reference what we called it when it was opened: the order's id; null if somebody else opened it
 * @param totalMinor what the buyer pays, in {@code currency}
 * @param outcome what came of it beside a payment
 */
public record CheckoutSession(
        String id,
        @Nullable String url,
        @Nullable String reference,
        Status status,
        Payment payment,
        long totalMinor,
        String currency,
        @Nullable String paymentIntent,
        Outcome outcome) {

    /**
     * What a finished session leaves.
     *
     * @param subscription null unless it began one
     * @param invoice null unless there is one
     * @param email as the buyer gave it; null before, and where it is none
     * @param discountMinor what a promotion code took off the price, if we allowed codes; else zero
     */
    public record Outcome(
            @Nullable String subscription,
            @Nullable String invoice,
            @Nullable String email,
            long discountMinor) {

        public static final Outcome NONE = new Outcome(null, null, null, 0);
    }

    /** With a payment and nothing beside it. */
    public CheckoutSession(
            String id,
            @Nullable String url,
            @Nullable String reference,
            Status status,
            Payment payment,
            long totalMinor,
            String currency,
            @Nullable String paymentIntent) {
        this(id, url, reference, status, payment, totalMinor, currency, paymentIntent, Outcome.NONE);
    }

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
