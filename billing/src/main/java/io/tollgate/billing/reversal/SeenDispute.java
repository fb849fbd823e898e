package io.tollgate.billing.reversal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A dispute as Stripe has it now. The fee that Stripe takes for it is no part of the amount. */
public record SeenDispute(
        String id,
        long amountMinor,
        DisputePhase phase,
        @Nullable String reason,
        Instant openedAt) {}
