package io.tollgate.sandbox.stripe;

/** What became of an attempt to pay a checkout session. */
public sealed interface CheckoutResult {
    /** The money moved; {@code paymentIntent} is empty where the total was zero. */
    record Paid(String session, String paymentIntent, String returnUrl) implements CheckoutResult {}

    /** The card was refused; the session stays open. */
    record Declined(String code, String declineCode, String message) implements CheckoutResult {}

    /** Nothing was tried: the session is {@code complete} or {@code expired} already. */
    record NotOpen(String status) implements CheckoutResult {}
}
