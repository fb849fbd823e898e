package io.tollgate.metering.reconciliation;

/** How far the book is compared with itself. */
public enum Depth {
    /** Its positions and lots. */
    POSITIONS,
    /** All events and ledger entries of the account are summed up as well, which takes the longer the more it has. */
    EVENTS
}
