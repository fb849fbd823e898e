package io.tollgate.billing.reversal;

import io.tollgate.billing.reversal.RefundRequest.AskedBy;
import io.tollgate.metering.account.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Refunds for people to look at. */
public interface Refunds {

    /**
     * A refund, from the moment somebody here asked for it or Stripe first told of it.
     *
     * @param id Stripe's; null as long as Stripe has not answered
     * @param request ours; null for one that was made at Stripe's dashboard
     * @param askedBy null for the same
     * @param phase null as long as there is none: {@code state} tells
     * @param refusedBecause Stripe's code
     */
    record Line(
            @Nullable String id,
            @Nullable String request,
            String payment,
            AccountId account,
            long amountMinor,
            String currency,
            @Nullable AskedBy askedBy,
            @Nullable RefundPhase phase,
            RefundRequest.@Nullable State state,
            @Nullable String reason,
            @Nullable String refusedBecause,
            Instant at) {}

    /** Newest first, at most {@code limit}. */
    Flux<Line> latest(int limit);

    /** Those of a payment, newest first. */
    Flux<Line> of(String payment);
}
