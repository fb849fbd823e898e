package io.tollgate.sandbox.stripe;

/** What becomes of a subscription whose invoice could not be collected. */
public enum DunningEnd {
    CANCEL,
    UNPAID,
    /** It stays past due for good. */
    PAST_DUE
}
