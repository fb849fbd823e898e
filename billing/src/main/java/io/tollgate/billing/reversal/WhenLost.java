package io.tollgate.billing.reversal;

/** What becomes of an account that is frozen for a dispute once that is lost. */
public enum WhenLost {
    /** Until an operator thaws it. */
    STAY_FROZEN,
    THAW
}
