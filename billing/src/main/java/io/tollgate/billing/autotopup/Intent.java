package io.tollgate.billing.autotopup;

import org.jspecify.annotations.Nullable;

/**
 * A payment intent as Stripe has it now.
 *
 * @param attempt which of our attempts it was made for; null if it was made for something else
 * @param reason why it was not paid, as Stripe or the bank calls it
 * @param url where the cardholder can confirm it
 */
public record Intent(
        String id,
        @Nullable String attempt,
        Status status,
        long receivedMinor,
        String currency,
        @Nullable String reason,
        @Nullable String url) {

    /** How far it is. */
    public enum Status {
        SUCCEEDED,
        /** Not decided, or in a state we know nothing of. */
        PROCESSING,
        /** Waits for the cardholder. */
        ACTION_REQUIRED,
        /** Declined because the cardholder was not there to confirm it. */
        DECLINED_UNCONFIRMED,
        DECLINED,
        CANCELED
    }
}
