package io.tollgate.sandbox.stripe;

/** How refunds begin from now on. */
public enum RefundStart {
    SUCCEEDED,
    /** Until someone ends it. */
    PENDING
}
