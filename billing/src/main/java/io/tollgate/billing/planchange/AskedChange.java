package io.tollgate.billing.planchange;

import io.tollgate.billing.catalog.Interval;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.ledger.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change that was asked for. It is in the book before Stripe hears of it.
 *
 * @param id what Stripe knows the request by
 * @param charge what its owner was told
 * @param paymentUrl Stripe's page where it can be paid; null unless it has to be
 */
public record AskedChange(
        String id,
        AccountId account,
        String subscription,
        Kind kind,
        State state,
        String plan,
        Interval interval,
        Instant proratedAt,
        Money charge,
        @Nullable String paymentUrl) {

    /** Where it stands. */
    public enum State {
        /** What Stripe did is not known. */
        OPEN,
        /** It is made once it is paid. */
        AWAITING_PAYMENT,
        MADE,
        /** It is made when the period ends. */
        SCHEDULED,
        /** It was not paid in time. */
        LAPSED,
        REFUSED,
        /** It never reached Stripe, or Stripe did nothing. */
        NOT_MADE;

        boolean isUnderWay() {
            return this == OPEN || this == AWAITING_PAYMENT;
        }
    }

    /** What Stripe is asked with: the same for whoever asks for this change again. */
    String idempotencyKey() {
        return "tollgate-plan-change-" + id;
    }
}
