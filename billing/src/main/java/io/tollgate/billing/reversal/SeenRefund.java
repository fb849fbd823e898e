package io.tollgate.billing.reversal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A refund as Stripe has it now.
 *
 * @param request the request of ours that it answers; null where it was made at Stripe's dashboard
 */
public record SeenRefund(
        String id,
        long amountMinor,
        RefundPhase phase,
        @Nullable String reason,
        @Nullable String request,
        Instant refundedAt) {}
