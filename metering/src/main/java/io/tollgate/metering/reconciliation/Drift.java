package io.tollgate.metering.reconciliation;

import io.tollgate.metering.account.AccountId;

/**
 * Two figures that have to be the same and are not.
 *
 * @param found what is kept
 * @param expected what it ought to be, by the book or by the sum it stands for
 */
public record Drift(AccountId account, Kind kind, String found, String expected) {

    /** Which figures differ. */
    public enum Kind {
        /** Posted in the live store, and in the book. */
        POSTED,
        /** Debt in the live store, and in the book. */
        DEBT,
        /** The account's state in the live store, and in the book. */
        STATE,
        /** The last command that took effect in the live store, and by the book. */
        LAST_COMMAND,
        /** What is left of each lot in the live store, shares kept for holds among it, and in the book. */
        LOTS,
        /** Posted in the live store, and the sum of its lots less debt. */
        LIVE_SUM,
        /** Held, and the sum of the open holds. */
        HELD,
        /** The number of open holds, and how many there are. */
        OPEN_HOLDS,
        /** Posted in the book, and the sum of its lots less debt. */
        BOOK_SUM,
        /** Posted in the book, and what the ledger says the customer has. */
        LEDGER,
        /** Posted in the book, and what its events add up to. */
        EVENTS,
        /** The latest usage events, and their rollups. */
        USAGE
    }

    static Drift of(AccountId account, Kind kind, long found, long expected) {
        return new Drift(account, kind, Long.toString(found), Long.toString(expected));
    }
}
