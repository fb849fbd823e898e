package io.tollgate.billing.refund;

import io.tollgate.billing.reversal.RefundRequest.AskedBy;
import org.jspecify.annotations.Nullable;

/**
 * A refund that somebody here wants, its credit in proportion.
 *
 * @param payment the id of ours
 * @param amountMinor null for all that is left
 * @param causeId makes it happen once
 */
public record RefundWish(
        String payment,
        @Nullable Long amountMinor,
        @Nullable String reason,
        String causeId,
        AskedBy askedBy) {

    public static final int REASON_MAX = 500;

    public RefundWish {
        if (amountMinor != null && amountMinor < 1) {
            throw new IllegalArgumentException("a refund of nothing");
        }
        if (reason != null && (reason.isEmpty() || reason.length() > REASON_MAX)) {
            throw new IllegalArgumentException("a reason has 1 to " + REASON_MAX + " characters");
        }
    }
}
