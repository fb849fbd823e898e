package io.tollgate.billing.topup;

/** What an order and its session, put side by side, come to. */
enum Verdict {
    /** The money is here and it is what was asked for. */
    GRANT,
    /** The plan's subscription has begun. */
    BEGIN,
    /** The money is here, but it is not what was asked for. */
    PAID_SOMETHING_ELSE,
    /** A promotion code left nothing to pay, and that is not enough here. */
    PAID_NOTHING,
    /** The buyer can still pay. */
    OPEN,
    /** The buyer is done; the money is on its way. */
    ON_ITS_WAY,
    EXPIRED
}
