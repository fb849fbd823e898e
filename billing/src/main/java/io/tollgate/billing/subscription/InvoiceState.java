package io.tollgate.billing.subscription;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a plan's invoice.
 *
 * @param failedAt when it was first seen to have failed
 * @param graceUntil how long the allowance may go on
 * @param closedAt when it was seen that nobody will pay it
 */
public record InvoiceState(
        String invoice,
        String subscription,
        Instant periodStart,
        @Nullable Instant failedAt,
        @Nullable Instant graceUntil,
        @Nullable Instant paidAt,
        @Nullable Instant closedAt,
        @Nullable String hostedUrl) {

    /** Whether it failed and may still be paid. */
    public boolean isFailing() {
        return failedAt != null && paidAt == null && closedAt == null;
    }
}
