package io.tollgate.metering.ledger.postgres;

import io.tollgate.metering.ledger.Ledger;
import io.tollgate.metering.postgres.BookOfRecord;

/** A ledger for tests of other adapters. */
public final class TestLedger {

    private TestLedger() {}

    public static Ledger in(BookOfRecord book) {
        return new PostgresLedger(book.client(), book.sqlTransaction());
    }
}
