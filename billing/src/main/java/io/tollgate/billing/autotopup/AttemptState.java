package io.tollgate.billing.autotopup;

/** Where an attempt stands. {@link #GRANTED} is final; from every other state a payment still leads there. */
public enum AttemptState {
    /** Stripe is being asked, or the gateway died while it was. */
    INTENT,
    /** Stripe did not say what it did. */
    UNANSWERED,
    /** Stripe failed while it was at it, and would repeat that to whoever repeats the request. */
    FAULTED,
    /** The money is on its way. */
    PROCESSING,
    /** The cardholder has to confirm it. */
    ACTION_REQUIRED,
    /** Paid, but the credit could not be given: an operator has to look. */
    WITHHELD,
    /** Paid and given. */
    GRANTED,
    DECLINED,
    /** Nobody confirmed it in time, or it was cancelled. */
    EXPIRED,
    /** Stripe never heard of it. */
    ABANDONED;

    /** Whether another attempt of the account has to wait. */
    public boolean isOpen() {
        return switch (this) {
            case INTENT, UNANSWERED, FAULTED, PROCESSING, ACTION_REQUIRED, WITHHELD -> true;
            case GRANTED, DECLINED, EXPIRED, ABANDONED -> false;
        };
    }
}
