package io.tollgate.billing.subscription;

import io.tollgate.metering.ledger.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An invoice as Stripe shows it now.
 *
 * @param subscription null for one that belongs to none
 * @param totalMinor what it is about, below zero for one that owes the customer
 * @param paid what money came in for it
 * @param attempts how often Stripe tried to collect it
 * @param hostedUrl Stripe's page where it can be paid
 * @param paymentIntent of the payment that paid it, or that is tried
 * @param failure why the last try failed, in Stripe's words; null if none did
 */
public record StripeInvoice(
        String id,
        @Nullable String subscription,
        Reason reason,
        Status status,
        long totalMinor,
        Money paid,
        long attempts,
        @Nullable String hostedUrl,
        List<Line> lines,
        @Nullable String paymentIntent,
        @Nullable String failure,
        @Nullable Instant paidAt) {

    public StripeInvoice {
        lines = List.copyOf(lines);
    }

    /** What it was made for. */
    public enum Reason {
        SUBSCRIPTION_CREATE,
        SUBSCRIPTION_CYCLE,
        SUBSCRIPTION_UPDATE,
        OTHER
    }

    /** Where it stands. */
    public enum Status {
        DRAFT,
        OPEN,
        PAID,
        VOID,
        UNCOLLECTIBLE
    }

    /**
     * One line.
     *
     * @param item the subscription's; null for what belongs to none
     * @param price null for what has none
     * @param plan what the price's product says; null for one that our checkout did not make
     * @param kind whether it is for a period or corrects one
     */
    public record Line(
            @Nullable String item,
            @Nullable String price,
            @Nullable String plan,
            Kind kind,
            long amountMinor,
            Instant periodStart,
            Instant periodEnd) {

        /** What a line is for. */
        public enum Kind {
            PERIOD,
            PRORATION
        }
    }

    public boolean isPaid() {
        return status == Status.PAID;
    }
}
