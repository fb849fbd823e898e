package io.tollgate.billing.dispute;

/** What is done by itself when a bank warns that a payment is likely to be disputed. */
public enum Measure {
    /** All that is left of the payment, which spares the dispute and its fee. */
    REFUND,
    /** The payer's account, until an operator thaws it. */
    FREEZE
}
