package io.tollgate.metering.account.postgres;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.account.BookedAccounts;
import io.tollgate.metering.account.BookedAccounts.CreateResult;
import io.tollgate.metering.account.BookedUpTo;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.postgres.BookOfRecord;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresBookedAccountsTest {

    private final BookOfRecord book = BookOfRecord.fresh();
    private final Partitions partitions = new Partitions(16);
    private final BookedAccounts accounts = new PostgresBookedAccounts(book.client(), partitions);

    @AfterAll
    void close() {
        book.close();
    }

    @Test
    void oneOfManyCreatesTheAccount() {
        AccountId id = new AccountId("wanted");

        List<CreateResult> results = got(Flux.range(0, 20)
                .flatMap(i -> accounts.create(id, "Wanted " + i), 20)
                .collectList());

        assertThat(results).containsOnlyOnce(CreateResult.CREATED);
        assertThat(got(accounts.find(id)).state()).isEqualTo(AccountState.ACTIVE);
    }

    @Test
    void aNewAccountStartsWithNothing() {
        AccountId id = new AccountId("new");
        got(accounts.create(id, "New"));

        assertThat(got(accounts.snapshot(id)))
                .isEqualTo(new AccountSnapshot(id, AccountState.ACTIVE, List.of(), 0, 0, 0, ""));
    }

    @Test
    void aSnapshotSaysHowFarItsPartitionIsBooked() {
        AccountId id = new AccountId("positioned");
        got(accounts.create(id, "Positioned"));
        int partition = partitions.of(id).number();
        got(book.client()
                .sql("INSERT INTO flush_cursor (partition, epoch, booked_epoch, booked_number) VALUES (" + partition
                        + ", 3, 2, 41)")
                .fetch()
                .rowsUpdated());

        assertThat(got(accounts.snapshot(id)).booked()).isEqualTo(new BookedUpTo(2, 41));
    }

    @Test
    void anUnknownAccountIsEmpty() {
        AccountId id = new AccountId("unknown");

        assertThat(accounts.find(id).hasElement().block()).isFalse();
        assertThat(accounts.snapshot(id).hasElement().block()).isFalse();
    }
}
