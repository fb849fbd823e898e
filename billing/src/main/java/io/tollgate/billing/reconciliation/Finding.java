package io.tollgate.billing.reconciliation;

import org.jspecify.annotations.Nullable;

/**
 * One thing in which the book and Stripe differ.
 *
 * @param object what it is about: with the kind, it makes the finding the same one whenever it is seen
 * @param related the other side's object
 * @param account whose it is, as far as that can be told; it may be one that the book does not have
 * @param remedy null where nothing that could be replayed would put it right
 */
public record Finding(
        Kind kind,
        String object,
        @Nullable String related,
        @Nullable String account,
        @Nullable Amounts amounts,
        String detail,
        @Nullable Remedy remedy) {

    /** What can differ. */
    public enum Kind {
        /** Stripe tells of an event that never came in. */
        MISSED_EVENT,
        /** Paid, and what it bought was not given. */
        PAID_NOT_GRANTED,
        /** Paid with our marks on it, for something that the book does not have. */
        PAYMENT_UNKNOWN,
        SUBSCRIPTION_UNKNOWN,
        /** A subscription of ours whose state at Stripe is another one. */
        SUBSCRIPTION_DIFFERS,
        /** A paid invoice of a subscription of ours that the book does not have. */
        INVOICE_NOT_BOOKED,
        AMOUNT_DIFFERS,
        GRANT_WITHOUT_PAYMENT,
        /** Given for a payment that Stripe says was not made. */
        GRANT_UNPAID,
        REFUND_UNSEEN,
        /** All that was refunded of a payment is not the same here and there. */
        REFUNDED_DIFFERS,
        DISPUTE_UNSEEN,
        /** Begun by us long ago, and nobody knows what became of it. */
        LEFT_WITHOUT_OUTCOME
    }

    /**
     * What both sides say, in the currency's minor unit.
     *
     * @param stripe null if Stripe says nothing; likewise the book
     */
    public record Amounts(
            String currency,
            @Nullable Long stripe,
            @Nullable Long book) {}

    /** An event of this type about this object has its handlers look at it again and append what is missing. */
    public record Remedy(String eventType, String object) {}

    /** Without anything but the necessary; see the methods below. */
    public static Finding of(Kind kind, String object, String detail) {
        return new Finding(kind, object, null, null, null, detail, null);
    }

    public Finding relatedTo(@Nullable String other) {
        return new Finding(kind, object, other, account, amounts, detail, remedy);
    }

    public Finding ofAccount(@Nullable String owner) {
        return new Finding(kind, object, related, owner, amounts, detail, remedy);
    }

    public Finding amounting(String currency, @Nullable Long stripe, @Nullable Long book) {
        return new Finding(kind, object, related, account, new Amounts(currency, stripe, book), detail, remedy);
    }

    public Finding remediedBy(String eventType, String about) {
        return new Finding(kind, object, related, account, amounts, detail, new Remedy(eventType, about));
    }
}
