package io.tollgate.metering.wiring;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountLoader;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.BookedUpTo;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.postgres.BookOfRecord;
import io.tollgate.metering.recovery.Cursors;
import io.tollgate.metering.recovery.Epoch;
import io.tollgate.metering.recovery.Heads;
import io.tollgate.metering.recovery.Loss;
import io.tollgate.metering.reservation.EndResult;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.reservation.HoldRequest;
import io.tollgate.metering.reservation.HoldResult;
import io.tollgate.metering.store.StoreUnavailableException;
import io.tollgate.metering.usage.OlderEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Orders of events in which a store loses something, on real stores. */
class RecoveryInterleavingsTest {

    private static final long GIVEN = 100_000_000;
    private static final long CHARGE = 1_000;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Partitions PARTITIONS = new Partitions(16);

    private final Metering metering = Metering.start();
    private final LostRedis redis = new LostRedis(metering.redisUri());
    private AccountId account = new AccountId("none");

    @BeforeEach
    void open() {
        account = metering.open();
        metering.give(account, Credits.ofMicros(GIVEN), null);
    }

    @AfterEach
    void close() {
        redis.close();
        metering.close();
    }

    @Test
    void eventsAfterARollbackThatReuseNumbersAreBooked() {
        try (Metering other = metering.beside()) {
            afterARollbackNumbersAreUsedAgainBy(other);

            flush(other);

            assertChargedOnce(metering, 6);
            assertThat(epoch(metering)).isEqualTo(2);
            assertThat(incidents("LIVE_STORE_LOST_DATA")).isEqualTo(1);
        }
    }

    @Test
    void eventsAfterARollbackThatReuseNumbersAreBookedThoughTheClockWentBackToo() {
        try (Metering other = metering.beside(() -> System.currentTimeMillis() - HOUR.toMillis())) {
            afterARollbackNumbersAreUsedAgainBy(other);

            flush(other);

            assertChargedOnce(metering, 6);
            assertThat(epoch(metering)).isEqualTo(2);
        }
    }

    /** One gateway has seen, and booked, what Redis then loses; another one goes on from there, and no number is too low for it. */
    private void afterARollbackNumbersAreUsedAgainBy(Metering other) {
        call(metering, 1);
        got(other.live().read(account));
        List<LostRedis.Saved> saved = redis.save();
        call(metering, 2);
        flush(metering);
        redis.rollBackTo(saved);
        call(other, 3);
    }

    @Test
    void aSeedReadInAnOlderEpochDoesNotReplaceANewerState() {
        call(metering, 1);
        flush(metering);
        AccountSnapshot late = got(metering.booked().snapshot(account));
        redis.everything();
        call(metering, 2);

        Mono<?> seed = metering.live().seed(late, 1);

        assertThatThrownBy(seed::block).isInstanceOf(StoreUnavailableException.class);
        assertChargedOnce(metering, 3);
    }

    @Test
    void aRolledBackAccountThatIsStillPresentIsSeededFromTheBook() {
        List<LostRedis.Saved> saved = redis.save();
        call(metering, 3);
        flush(metering);
        redis.rollBackTo(saved);

        HoldResult result = got(metering.reservations().hold(holdOf(GIVEN - 2 * CHARGE)));

        assertThat(result).isInstanceOf(HoldResult.Refused.class);
        assertChargedOnce(metering, 3);
    }

    @Test
    void aSettleThatIsBookedAndLostIsNotChargedAgainWhenItIsSentAgainYoung() {
        List<LostRedis.Saved> saved = redis.save();
        HoldId hold = got(metering.hold(account, CHARGE));
        settle(hold);
        flush(metering);
        redis.rollBackTo(saved);

        EndResult again = settle(hold);

        assertThat(again).isInstanceOf(EndResult.Settled.class);
        assertThat(((EndResult.Settled) again).charged()).isEqualTo(Credits.ofMicros(CHARGE));
        assertChargedOnce(metering, 1);
    }

    @Test
    void aHoldThatComesBackOpenThoughItIsBookedAsSettledIsBuried() {
        HoldId hold = got(metering.hold(account, CHARGE));
        List<LostRedis.Saved> saved = redis.save();
        settle(hold);
        flush(metering);
        redis.rollBackTo(saved);

        call(metering, 1);

        assertThat(got(metering.live().read(account)).balance().heldMicros()).isZero();
        assertThat(metering.book().number("SELECT CAST(sum(holds_buried) AS bigint) FROM recovery"))
                .isEqualTo(1);
        settle(hold);
        assertChargedOnce(metering, 2);
    }

    @Test
    void eventsThatNeitherStoreHasAreCounted() {
        call(metering, 1);
        flush(metering);
        List<LostRedis.Saved> saved = redis.save();
        call(metering, 3);
        redis.rollBackTo(saved);

        call(metering, 1);

        assertThat(metering.book().number("SELECT CAST(sum(events_lost) AS bigint) FROM recovery"))
                .isEqualTo(3);
    }

    @Test
    void aPostgresPromotedWithoutItsLastBatchesIsFilledAgainFromTheStream() {
        call(metering, 3);
        metering.close();
        BookOfRecord replica = metering.book().copy();
        try (Metering before = metering.beside()) {
            call(before, 4);
            flush(before);
        }

        try (Metering promoted = metering.on(replica)) {
            flush(promoted);

            assertChargedOnce(promoted, 7);
            assertThat(epoch(promoted)).isEqualTo(1);
        }
    }

    @Test
    void aPostgresPromotedWithoutARecoveryIsFilledAgainToo() {
        call(metering, 3);
        metering.close();
        BookOfRecord replica = metering.book().copy();
        try (Metering before = metering.beside()) {
            call(before, 2);
            redis.key(key("head"));
            call(before, 2);
            flush(before);
        }

        try (Metering promoted = metering.on(replica)) {
            flush(promoted);
            call(promoted, 1);

            assertChargedOnce(promoted, 8);
            assertThat(epoch(promoted)).isEqualTo(3);
        }
    }

    /** As where a replica is promoted that has not heard of the epoch, while the gateway goes on. */
    @Test
    void aBookThatLostTheOpeningOfTheEpochIsFoundAtTheNextLoad() {
        call(metering, 2);
        redis.key(key("head"));
        call(metering, 1);
        assertThat(epoch(metering)).isEqualTo(2);
        inTheBook("DELETE FROM recovery");
        inTheBook("DELETE FROM usage_event");
        inTheBook(
                "UPDATE flush_cursor SET epoch = 1, open_epoch = 1, booked_epoch = 0, booked_number = 0, booked_event = ''");
        redis.key(key("account:" + account));

        got(metering.bean(AccountLoader.class).load(account));

        assertThat(epoch(metering)).isEqualTo(3);
        assertThat(incidents("BOOK_LOST_DATA")).isEqualTo(1);
    }

    private void inTheBook(String sql) {
        metering.book().owner().sql(sql).then().block();
    }

    @Test
    void twoGatewaysAtFirstContactShareAnEpochAndRaiseNoIncident() {
        List<AccountId> accounts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            accounts.add(metering.open());
        }
        try (Metering other = metering.beside()) {
            Flux.fromIterable(accounts)
                    .flatMap(
                            id -> Flux.merge(
                                    metering.reservations().hold(holdOf(id, 1)),
                                    other.reservations().hold(holdOf(id, 1))),
                            60)
                    .blockLast();

            flush(metering);
        }

        assertThat(metering.book().number("SELECT max(epoch) FROM flush_cursor"))
                .isEqualTo(1);
        assertThat(metering.book().number("SELECT count(*) FROM flush_cursor WHERE open_epoch < epoch"))
                .isZero();
        assertThat(metering.book().number("SELECT count(*) FROM recovery")).isZero();
        assertThat(metering.book().number("SELECT count(*) FROM incident")).isZero();
    }

    @ParameterizedTest(name = "after step {0}")
    @ValueSource(ints = {1, 2, 3})
    void aRecoveryThatDiedIsFinishedByAnotherGateway(int lastStep) {
        call(metering, 3);
        recoverUpTo(lastStep);
        assertThat(metering.book().number("SELECT count(*) FROM flush_cursor WHERE open_epoch < epoch"))
                .isEqualTo(1);

        try (Metering other = metering.beside()) {
            flush(other);

            assertChargedOnce(other, 3);
            call(other, 1);
            assertChargedOnce(other, 4);
            assertThat(epoch(other)).isEqualTo(2);
        }
    }

    private void recoverUpTo(int lastStep) {
        Partition partition = partition();
        Loss loss = new Loss(1, Loss.Cause.HEAD_GONE, Epoch.NONE, 0);
        metering.bean(Cursors.class).advance(partition, loss).block();
        if (lastStep > 1) {
            got(metering.bean(Heads.class).open(partition, 2));
        }
        if (lastStep > 2) {
            got(metering.bean(OlderEvents.class).book(partition, 2));
        }
    }

    private HoldRequest holdOf(long micros) {
        return holdOf(account, micros);
    }

    private static HoldRequest holdOf(AccountId of, long micros) {
        return new HoldRequest(
                of, HoldId.bornAt(System.currentTimeMillis()), Credits.ofMicros(micros), Duration.ofMinutes(1));
    }

    private void call(Metering gateway, int times) {
        Flux.range(0, times)
                .concatMap(i -> gateway.call(account, CHARGE, CHARGE))
                .blockLast();
    }

    private EndResult settle(HoldId hold) {
        return got(metering.reservations()
                .end(account, hold, new Ending.Settle(Credits.ofMicros(CHARGE), Ending.Overage.DEBT, Metering.DETAIL)));
    }

    private void assertChargedOnce(Metering gateway, int calls) {
        flush(gateway);
        assertThat(gateway.book().number("SELECT count(*) FROM usage_event WHERE kind = 'SETTLED'"))
                .isEqualTo(calls);
        assertThat(gateway.book().number("SELECT count(*) FROM quarantine")).isZero();
        gateway.live().read(account).block(); // tells the epoch, in which nobody may have used the account yet
        got(gateway.bean(AccountLoader.class).load(account));
        AccountSnapshot live = got(gateway.live().read(account));
        assertThat(live.balance().postedMicros()).isEqualTo(GIVEN - calls * CHARGE);
        assertThat(got(gateway.booked().snapshot(account)).at(BookedUpTo.NOTHING))
                .isEqualTo(live);
    }

    /** A sweep would leave the partition to a gateway that has just started and looks at all of them. */
    private void flush(Metering gateway) {
        gateway.flusher().flush(partition()).block();
    }

    private long epoch(Metering gateway) {
        return got(gateway.bean(Cursors.class).footing(partition())).epoch();
    }

    private long incidents(String kind) {
        return metering.book().number("SELECT count(*) FROM incident WHERE kind = '" + kind + "'");
    }

    private Partition partition() {
        return PARTITIONS.of(account);
    }

    private String key(String name) {
        return "{tg:" + partition().number() + "}:" + name;
    }
}
