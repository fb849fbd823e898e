package io.tollgate.billing.payment;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payment that was made, and what it bought.
 *
 * @param id of the order, the automatic top-up or the invoice: whatever was paid once
 * @param title what the payer reads
 * @param paid all that was charged, taxes included; zero where a discount or an earlier credit left nothing to pay
 * @param credits zero if it bought none
 * @param paymentIntent Stripe's; null if nothing was charged
 * @param invoice Stripe's; null for payments without one
 * @param session the checkout session it was made in; null for payments nobody was there to make
 * @param grant the number of the grant or allowance it gave; null if it gave none
 */
public record Payment(
        String id,
        AccountId account,
        Kind kind,
        String title,
        Money paid,
        Credits credits,
        @Nullable String paymentIntent,
        @Nullable String invoice,
        @Nullable String session,
        @Nullable Long grant,
        Instant paidAt) {

    /** What was bought. */
    public enum Kind {
        TOP_UP,
        AUTO_TOP_UP,
        /** A period of a plan. */
        PLAN,
        /** What a better plan costs more until the period's end. */
        PLAN_CHANGE
    }
}
