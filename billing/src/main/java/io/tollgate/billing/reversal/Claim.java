package io.tollgate.billing.reversal;

import io.tollgate.metering.credit.Credits;
import org.jspecify.annotations.Nullable;

/**
 * A part of a payment that is out, or is about to be: a refund that was asked for, a refund, a dispute.
 *
 * @param exactly the credit that goes with it; null for its share
 */
public record Claim(long amountMinor, @Nullable Credits exactly) {

    public Claim {
        if (amountMinor <= 0) {
            throw new IllegalArgumentException("a claim of nothing");
        }
    }
}
