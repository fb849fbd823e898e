package io.tollgate.billing.refund;

import java.time.Duration;

/**
 * What customers may take back by themselves.
 *
 * @param window for how long after the payment
 */
public record MoneyBackSettings(Policy policy, Duration window) {

    /** How much of a payment they may take back. */
    public enum Policy {
        OFF,
        /** What of the credit is not used and not held by a call, at the price that was paid for it. */
        UNUSED_PART,
        /** All of it, as long as nothing was used. */
        FULL_IF_UNUSED
    }

    public MoneyBackSettings {
        if (window.isNegative()) {
            throw new IllegalArgumentException("the money-back window is negative");
        }
    }
}
