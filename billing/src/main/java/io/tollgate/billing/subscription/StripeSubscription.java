package io.tollgate.billing.subscription;

import io.tollgate.billing.catalog.Interval;
import io.tollgate.metering.account.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as Stripe shows it now.
 *
 * @param account whom our own checkout made it for; null for one that was not ours to make
 * @param plan what our checkout wrote on it; a later change of plan may have left it behind
 * @param anchor what its months are counted from
 * @param cancelAt when it will end, at the period's end too; null if it goes on
 * @param pausedAs what becomes of invoices while their collection is paused; null if it is not
 * @param endedBecause Stripe's word: {@code payment_failed}, {@code cancellation_requested}
 * @param card the fingerprint of the card it is paid with; null where Stripe shows none
 * @param next what a schedule puts in the item's place; null for nothing
 */
public record StripeSubscription(
        String id,
        @Nullable AccountId account,
        @Nullable String plan,
        String customer,
        Status status,
        Item item,
        Instant anchor,
        Instant startedAt,
        @Nullable Instant trialEnd,
        @Nullable Instant cancelAt,
        @Nullable Instant endedAt,
        @Nullable String endedBecause,
        @Nullable String pausedAs,
        @Nullable Instant resumesAt,
        @Nullable String latestInvoice,
        @Nullable String card,
        @Nullable Next next) {

    /** Where it stands. */
    public enum Status {
        /** Its first invoice is not paid. */
        INCOMPLETE,
        TRIALING,
        ACTIVE,
        /** An invoice is not paid, and Stripe tries again. */
        PAST_DUE,
        /** Stripe no longer tries. */
        UNPAID,
        /** Its trial ended without a way to pay. */
        PAUSED,
        ENDED
    }

    StripeSubscription with(Item other, Instant newAnchor) {
        return new StripeSubscription(
                id,
                account,
                plan,
                customer,
                status,
                other,
                newAnchor,
                startedAt,
                trialEnd,
                cancelAt,
                endedAt,
                endedBecause,
                pausedAs,
                resumesAt,
                latestInvoice,
                card,
                next);
    }

    /**
     * What comes in the item's place, and when.
     *
     * @param plan what the price's product says; null for one that our checkout did not make
     */
    public record Next(String price, @Nullable String plan, Interval interval, Instant at) {}

    /**
     * The one thing that is subscribed to.
     *
     * @param plan what the price's product says; null for one that our checkout did not make
     */
    public record Item(
            String id,
            String price,
            @Nullable String plan,
            Interval interval,
            Instant periodStart,
            Instant periodEnd) {}
}
