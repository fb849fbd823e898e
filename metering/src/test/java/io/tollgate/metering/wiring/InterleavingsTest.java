package io.tollgate.metering.wiring;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountRemoval;
import io.tollgate.metering.account.AccountRemoval.Removal;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.Balance;
import io.tollgate.metering.account.BookedUpTo;
import io.tollgate.metering.account.LiveAccounts.Seeding;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Grant;
import io.tollgate.metering.grant.Grants;
import io.tollgate.metering.grant.Grants.GrantResult;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.recovery.Epochs;
import io.tollgate.metering.reservation.EndResult;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.Ending.Overage;
import io.tollgate.metering.reservation.HoldId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Orders of events that break designs which did not think of them, against both stores. */
class InterleavingsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Metering metering = Metering.start("tollgate.metering.tombstone-ttl=1s");
    private final AccountId account = metering.open();

    @AfterEach
    void close() {
        metering.close();
    }

    @Test
    void aLotExpiringUnderOverlappingHolds() {
        Instant expiry = Instant.now().plusSeconds(2);
        Grant grant = new Grant(
                account,
                Credits.ofMicros(1_000),
                Grant.Cause.OPERATOR,
                "expiring",
                new Money(100, "usd"),
                Grant.DEFAULT_PRIORITY,
                expiry);
        GrantResult.Given given =
                (GrantResult.Given) got(metering.bean(Grants.class).give(grant));
        metering.bean(Courier.class).push(given.command()).block();
        HoldId first = got(metering.hold(account, 600));
        HoldId second = got(metering.hold(account, 300));

        await().atMost(PATIENCE).until(() -> live().lots().isEmpty());
        assertThat(live().balance()).isEqualTo(new Balance(900, 900));
        assertThat(settle(first, 400)).isEqualTo(settled(400, 300, 300));
        assertThat(settle(second, 300)).isEqualTo(settled(300, 0, 0));

        assertBookEqualsLiveStore();
        assertThat(metering.book()
                        .number("SELECT CAST(sum(amount) AS bigint) FROM ledger_entry WHERE ledger_account = 'customer:"
                                + account + "'"))
                .isZero();
        assertThat(metering.book().number("SELECT count(*) FROM quarantine WHERE account = '" + account + "'"))
                .isZero();
    }

    @Test
    void aSettleRetriedAfterItsTombstone() {
        metering.give(account, Credits.ofMicros(1_000), null);
        HoldId hold = got(metering.hold(account, 600));
        EndResult first = settle(hold, 400);
        assertThat(first).isEqualTo(settled(400, 600, 0));

        await().atMost(PATIENCE).until(() -> settle(hold, 400) instanceof EndResult.TooLate);
        metering.flushAll();
        Command late = new Command.LateCharge(hold.toString(), Credits.ofMicros(400), Metering.DETAIL.encode());

        assertThat(metering.bean(Commands.class)
                        .issue(account, "late:" + hold, late)
                        .hasElement()
                        .block())
                .isFalse();
        assertThat(live().balance()).isEqualTo(new Balance(600, 0));
        assertBookEqualsLiveStore();
    }

    @Test
    void aLateSeedOverANewerState() {
        metering.give(account, Credits.ofMicros(1_000), null);
        metering.flushAll();
        AccountSnapshot readBefore = got(metering.booked().snapshot(account));
        got(metering.call(account, 300, 300));
        metering.flushAll();
        BookedUpTo booked = got(metering.booked().snapshot(account)).booked();
        assertThat(got(metering.bean(AccountRemoval.class).evict(account, booked, Duration.ZERO)))
                .isEqualTo(Removal.REMOVED);

        assertThat(got(metering.live().seed(readBefore, epoch()))).isEqualTo(Seeding.BEHIND);

        got(metering.call(account, 100, 100));
        assertThat(live().balance()).isEqualTo(new Balance(600, 0));
        assertBookEqualsLiveStore();
    }

    @Test
    void aGrantCommittedBetweenLoadAndSeed() {
        metering.live().read(account).block(); // tells the epoch
        AccountSnapshot read = got(metering.booked().snapshot(account));
        GrantResult.Given given = metering.giveOnly(account, Credits.ofMicros(1_000), null);
        assertThat(got(metering.live().seed(read, epoch()))).isEqualTo(Seeding.IN_PLACE);

        metering.bean(Courier.class).push(given.command()).block();

        assertThat(live().balance()).isEqualTo(new Balance(1_000, 0));
        assertBookEqualsLiveStore();
    }

    @Test
    void aGrantPushedBetweenLoadAndSeed() {
        metering.live().read(account).block(); // tells the epoch
        AccountSnapshot read = got(metering.booked().snapshot(account));
        metering.give(account, Credits.ofMicros(1_000), null);

        assertThat(got(metering.live().seed(read, epoch()))).isEqualTo(Seeding.IN_PLACE);

        assertThat(live().balance()).isEqualTo(new Balance(1_000, 0));
        assertBookEqualsLiveStore();
    }

    private long epoch() {
        return metering.bean(Epochs.class).of(metering.partitions().of(account)).epoch();
    }

    private AccountSnapshot live() {
        return got(metering.live().read(account));
    }

    private EndResult settle(HoldId hold, long micros) {
        Ending ending = new Ending.Settle(Credits.ofMicros(micros), Overage.CUT, Metering.DETAIL);
        return got(metering.reservations().end(account, hold, ending));
    }

    private static EndResult settled(long charged, long posted, long held) {
        return new EndResult.Settled(Credits.ofMicros(charged), Credits.ZERO, new Balance(posted, held));
    }

    private void assertBookEqualsLiveStore() {
        metering.flushAll();
        assertThat(got(metering.booked().snapshot(account)).at(BookedUpTo.NOTHING))
                .isEqualTo(live());
    }
}
