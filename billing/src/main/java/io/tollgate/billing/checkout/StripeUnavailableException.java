package io.tollgate.billing.checkout;

import org.jspecify.annotations.Nullable;

/** Stripe did not answer, or not in a way that says what it did; trying again later may succeed. */
public final class StripeUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Effect effect;

    /** What is known of the effect of the call. */
    public enum Effect {
        /** It had none: it was never sent, or turned away at the door. */
        NONE,
        /** It may have had one; asking again with the same idempotency key finds out. */
        UNKNOWN,
        /** Stripe failed while it was at it, and will repeat that answer for the same idempotency key. */
        FAILED
    }

    public StripeUnavailableException(Effect effect, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.effect = effect;
    }

    public Effect effect() {
        return effect;
    }
}
