package io.tollgate.metering.command.postgres;

import io.tollgate.metering.command.Commands;
import io.tollgate.metering.postgres.BookOfRecord;

/** Commands for tests of other adapters. */
public final class TestCommands {

    private TestCommands() {}

    public static Commands in(BookOfRecord book) {
        return new PostgresCommands(book.client(), book.sqlTransaction());
    }
}
