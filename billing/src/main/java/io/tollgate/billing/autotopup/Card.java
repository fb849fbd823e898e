package io.tollgate.billing.autotopup;

import org.jspecify.annotations.Nullable;

/**
 * A card saved at Stripe.
 *
 * @param fingerprint the same for the same card, however often it is saved
 */
public record Card(
        String paymentMethod,
        String fingerprint,
        @Nullable String brand,
        @Nullable String last4) {

    /** Without the fingerprint. */
    @Override
    public String toString() {
        return "Card[" + paymentMethod + "]";
    }
}
