package io.tollgate.billing.order;

/**
 * Where an order stands. {@link #GRANTED} and {@link #COMPLETED} are final; from every other state a payment still leads to the one
 * of a top-up, a finished checkout to the one of a plan.
 */
public enum OrderState {
    /** Stripe is being asked to open a session, or the gateway died while it was. */
    INTENT,
    /** Stripe did not say whether it opened a session. */
    UNANSWERED,
    /** Stripe failed while it opened one: if there is a session, nobody has its address. */
    ABANDONED,
    /** Stripe refused to open a session. */
    REFUSED,
    /** The buyer has the page. */
    OPEN,
    /** The buyer is done, the money is still on its way. */
    AWAITING_PAYMENT,
    /** Paid, but the credit could not be given: an operator has to look. */
    WITHHELD,
    /** Paid and given. */
    GRANTED,
    /** A plan's subscription has begun: its credit comes with the subscription's invoices. */
    COMPLETED,
    EXPIRED,
    /** The payment failed after the buyer was done. */
    FAILED
}
