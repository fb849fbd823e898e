package io.tollgate.metering.account.postgres;

import static io.tollgate.metering.postgres.BookOfRecord.got;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.BookedAccounts;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.postgres.BookOfRecord;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens accounts for tests of other adapters. */
public final class TestAccounts {

    private static final AtomicInteger OPENED = new AtomicInteger();

    private TestAccounts() {}

    public static BookedAccounts in(BookOfRecord book) {
        return new PostgresBookedAccounts(book.client(), new Partitions(16));
    }

    public static AccountId open(BookOfRecord book) {
        AccountId id = new AccountId("acc-" + OPENED.incrementAndGet());
        got(in(book).create(id, "Test account " + id));
        return id;
    }
}
