package io.tollgate.billing.reversal;

/** How far a dispute is, in the only order in which it goes on. */
public enum DisputePhase {
    /** The bank asks before it takes anything. */
    INQUIRY,
    INQUIRY_CLOSED,
    /** The money was withdrawn, and it is not decided who keeps it. */
    OPEN,
    /** Settled with the cardholder's bank before it was fought over: a refund by another name. */
    PREVENTED,
    LOST,
    /** Last, for a network may still decide for us what was lost. */
    WON;

    public boolean isOut() {
        return this == OPEN || this == PREVENTED || this == LOST;
    }

    public boolean follows(DisputePhase before) {
        return compareTo(before) > 0;
    }
}
