package io.tollgate.gateway.balance;

import io.tollgate.metering.account.AccountSnapshot;

/** Where an account stands, and who says so. */
public record Position(AccountSnapshot snapshot, Source source) {

    /** A store. */
    public enum Source {
        /** The live store: the present to the last call. */
        LIVE,
        /** The book, for an account that is not in use: nothing is held. */
        BOOK
    }
}
