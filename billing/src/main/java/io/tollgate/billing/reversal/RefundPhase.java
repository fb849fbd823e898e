package io.tollgate.billing.reversal;

/** How far a refund is, in the only order in which it goes on. */
public enum RefundPhase {
    /** Under way: the money has left our balance at Stripe, but may come back. */
    PENDING,
    SUCCEEDED,
    CANCELED,
    /** Also a refund that had succeeded, where the customer's bank sends it back. */
    FAILED;

    /** Whether the money is out, as far as is known. */
    public boolean isOut() {
        return this == PENDING || this == SUCCEEDED;
    }

    public boolean follows(RefundPhase before) {
        return compareTo(before) > 0;
    }
}
