package io.tollgate.metering.wiring;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.account.BookedUpTo;
import io.tollgate.metering.account.Lot;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.recovery.Epochs;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.reservation.HoldRequest;
import io.tollgate.metering.reservation.HoldResult;
import io.tollgate.metering.usage.EventPosition;
import io.tollgate.metering.usage.UsageDetail;
import io.tollgate.metering.usage.UsageStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlusherTest {

    private static final int CALLS = 60;

    private final Metering metering = Metering.start("tollgate.metering.courier.age=0s");
    private AccountId account = new AccountId("none");

    @AfterAll
    void close() {
        metering.close();
    }

    @BeforeEach
    void open() {
        account = metering.open();
        metering.give(account, Credits.of(100), new Money(900, "usd"));
    }

    @Nested
    class Booking {

        @Test
        void happensOnceWhenRunTwice() {
            call(CALLS);

            metering.flushAll();
            metering.flushAll();

            assertEachCallIsBookedOnce();
        }

        @Test
        void happensOnceWithManyFlushersAtWork() {
            try (Metering other = metering.beside()) {
                Flux<Void> flushes = Flux.range(0, 30)
                        .concatMap(i -> Flux.merge(
                                metering.flusher().sweep(),
                                other.flusher().sweep(),
                                metering.flusher().flushOwn()));

                Flux.merge(calls(CALLS).thenMany(Flux.<Void>empty()), flushes).blockLast();
                metering.flushAll();
            }

            assertEachCallIsBookedOnce();
        }

        @Test
        void waitsForAnotherFlusherOfThePartition() {
            call(CALLS);

            Flux.range(0, 8)
                    .flatMap(i -> metering.flusher().flush(partition()), 8)
                    .blockLast();

            assertEachCallIsBookedOnce();
        }

        @Test
        void startsAgainAfterTheConnectionDiedBetweenWriteAndCommit() {
            call(CALLS);
            onCursorMove("PERFORM pg_terminate_backend(pg_backend_pid())");
            assertThatThrownBy(metering::flushAll).isInstanceOf(RuntimeException.class);
            assertThat(bookedCalls()).isZero();

            onCursorMove(null);
            metering.flushAll();

            assertEachCallIsBookedOnce();
        }

        @Test
        void skipsWhatIsBookedAlreadyWhereTheCursorFellBehind() {
            call(CALLS);
            metering.flushAll();
            asOwner("UPDATE flush_cursor SET booked_number = 0, marked_number = 0");

            call(5);
            metering.flushAll();

            assertThat(bookedCalls()).isEqualTo(CALLS + 5);
            assertBookEqualsLiveStore();
        }

        @Test
        void keepsWhatClientsCallThingsAsItIs() {
            String model = "a\\b\\N\\.|,\"'{}\u00e9\ud83d\ude00";
            UsageDetail detail = new UsageDetail(
                    "", "r\t\n", model, Metering.DETAIL.outcome(), Metering.DETAIL.tokens(), Metering.DETAIL.basis());
            HoldId hold = got(metering.hold(account, 10));
            got(metering.reservations()
                    .end(account, hold, new Ending.Settle(Credits.ofMicros(10), Ending.Overage.DEBT, detail)));

            metering.flushAll();

            Map<String, Object> row = got(metering.book()
                    .client()
                    .sql("SELECT api_key, model, day::text AS day FROM usage_event WHERE id = :id")
                    .bind("id", hold.value())
                    .fetch()
                    .one());
            assertThat(row)
                    .containsEntry("api_key", null)
                    .containsEntry("model", model)
                    .containsEntry(
                            "day",
                            LocalDate.ofInstant(Instant.ofEpochMilli(hold.bornAtMillis()), ZoneOffset.UTC)
                                    .toString());
        }

        @Test
        void goesOnUntilALongStreamIsBooked() {
            try (Metering small = metering.beside(
                    "tollgate.metering.flush.batch=7", "tollgate.metering.flush.partitions-at-once=3")) {
                call(CALLS);

                small.flusher().sweep().block();
            }

            assertEachCallIsBookedOnce();
        }

        @Test
        void knowsWithoutAskingThatNothingIsToBeDone() {
            call(1);
            metering.flusher().flushOwn().block();
            onCursorMove("RAISE EXCEPTION 'flushed again'");
            call(1);
            assertThatThrownBy(() -> metering.flusher().flushOwn().block()).hasMessageContaining("flushed again");
            onCursorMove(null);

            metering.flusher().flushOwn().block();

            assertThat(bookedCalls()).isEqualTo(2);
        }
    }

    @Nested
    class Looping {

        @Test
        void goesOnOnceTheDatabaseWorksAgain() {
            call(5);
            asOwner("CREATE SEQUENCE attempts");
            asOwner("GRANT USAGE, SELECT ON attempts TO tollgate_app");
            onCursorMove("PERFORM nextval('attempts'); RAISE EXCEPTION 'not now'");
            try (Metering gateway = metering.beside(
                    "tollgate.metering.flush.interval=20ms", "tollgate.metering.flush.longest-pause=40ms")) {
                await().until(() -> attempts() > 2);
                assertThat(bookedCalls()).isZero();

                onCursorMove(null);
                await().until(() -> bookedCalls() == 5);

                got(gateway.call(account, 1_000, 1_000));
                await().until(() -> bookedCalls() == 6);
            }
        }

        @Test
        void flushesOnceMoreAtShutdown() {
            try (Metering gateway = metering.beside()) {
                got(gateway.call(account, 1_000, 1_000));
            }

            assertThat(bookedCalls()).isEqualTo(1);
        }

        /** A sequence is the one thing a rollback leaves counted. */
        private long attempts() {
            return metering.book().number("SELECT last_value FROM attempts");
        }
    }

    @Nested
    class Trimming {

        @Test
        void leavesWhatWasBookedJustNow() {
            call(CALLS);

            metering.flushAll();
            metering.flushAll();

            assertThat(streamed()).isGreaterThanOrEqualTo(CALLS);
        }

        @Test
        void removesWhatWasBookedLongAgoButTheAnchor() {
            call(CALLS);
            metering.flushAll();
            asOwner("UPDATE flush_cursor SET marked_at = now() - interval '2 minutes'");
            metering.flushAll(); // now the cursor's place is marked
            asOwner("UPDATE flush_cursor SET marked_at = now() - interval '2 minutes'");
            call(1);

            metering.flushAll();

            assertThat(streamed()).isEqualTo(2);
            call(1);
            metering.flushAll();
            assertThat(bookedCalls()).isEqualTo(CALLS + 2);
            assertThat(metering.book().number("SELECT count(*) FROM incident WHERE kind = 'STREAM_LOST_ENTRIES'"))
                    .isZero();
        }
    }

    @Nested
    class Quarantine {

        @Test
        void onePartitionsTroubleDoesNotHoldUpTheOthers() {
            AccountId elsewhere = metering.open();
            while (metering.partitions().of(elsewhere).equals(partition())) {
                elsewhere = metering.open();
            }
            metering.give(elsewhere, Credits.of(1), null);
            call(1);
            got(metering.call(elsewhere, 100, 100));
            onCursorMove("IF NEW.partition = " + partition().number() + " THEN RAISE EXCEPTION 'spoilt'; END IF");

            assertThatThrownBy(metering::flushAll).hasMessageContaining("spoilt");

            assertThat(got(metering.booked().snapshot(elsewhere)).balance().postedMicros())
                    .isEqualTo(999_900);
            onCursorMove(null);
            metering.flushAll();
            assertThat(bookedCalls()).isEqualTo(1);
        }

        @Test
        void takesAnEventThatContradictsTheBookAndWhatFollowsItOnTheAccount() {
            metering.flushAll();
            AccountId neighbour = metering.open();
            metering.give(neighbour, Credits.of(1), null);
            asOwner("UPDATE lot SET remaining_micros = 10 WHERE account = '" + account + "'");
            call(3);
            got(metering.call(neighbour, 100, 100));

            metering.flushAll();

            assertThat(bookedCalls()).isZero();
            assertThat(quarantined()).isEqualTo(3);
            assertThat(got(metering.booked().snapshot(account)).state()).isEqualTo(AccountState.FROZEN);
            assertThat(got(metering.booked().snapshot(neighbour)).balance().postedMicros())
                    .isEqualTo(999_900);
            assertThat(metering.book()
                            .number("SELECT count(*) FROM incident WHERE detail LIKE '%account " + account + "'"))
                    .isEqualTo(1);
        }

        @Test
        void takesAloneWhatPostgresRejects() {
            AccountId neighbour = metering.open();
            while (!metering.partitions().of(neighbour).equals(partition())) {
                neighbour = metering.open();
            }
            metering.give(neighbour, Credits.of(1), null);
            metering.flushAll();
            call(5);
            got(metering.call(account, 1_000, 777));
            got(metering.call(neighbour, 100, 100));
            asOwner("ALTER TABLE usage_event ADD CONSTRAINT poison CHECK (charged_micros <> 777)");

            metering.flushAll();

            asOwner("ALTER TABLE usage_event DROP CONSTRAINT poison");
            assertThat(bookedCalls()).isEqualTo(5);
            assertThat(quarantined()).isEqualTo(1);
            assertThat(got(metering.booked().snapshot(account)).state()).isEqualTo(AccountState.FROZEN);
            assertThat(got(metering.booked().snapshot(neighbour)).balance().postedMicros())
                    .isEqualTo(999_900);
        }

        @Test
        void looksForWhatIsBookedAlreadyBeforeItTakesAnything() {
            got(metering.call(account, 60_000_000, 60_000_000));
            metering.flushAll();
            asOwner("UPDATE flush_cursor SET booked_number = 0, marked_number = 0 WHERE partition = "
                    + partition().number());

            metering.flushAll();

            assertThat(quarantined()).isZero();
            assertBookEqualsLiveStore();
        }

        @Test
        void freezesTheAccountInTheLiveStoreToo() {
            metering.flushAll();
            asOwner("UPDATE lot SET remaining_micros = 10 WHERE account = '" + account + "'");
            call(1);
            metering.flushAll();

            metering.bean(Courier.class).deliverWaiting().block();

            HoldRequest request = new HoldRequest(
                    account, HoldId.bornAt(System.currentTimeMillis()), Credits.ofMicros(1), Duration.ofMinutes(1));
            assertThat(got(metering.reservations().hold(request)))
                    .isEqualTo(new HoldResult.NotActive(AccountState.FROZEN));
        }

        @Test
        void takesAnEventOfAnAccountThatDoesNotExist() {
            AccountId ghost = new AccountId("ghost");
            Lot lot = new Lot(1, Credits.of(1), 0, Lot.NEVER);
            metering.live().read(ghost).block(); // tells the epoch
            long epoch = metering.bean(Epochs.class)
                    .of(metering.partitions().of(ghost))
                    .epoch();
            metering.live()
                    .seed(new AccountSnapshot(ghost, AccountState.ACTIVE, List.of(lot), 0, 0, 0, ""), epoch)
                    .block();
            got(metering.call(ghost, 10, 10));
            call(2);

            metering.flushAll();

            assertThat(metering.book().number("SELECT count(*) FROM quarantine WHERE reason LIKE '%ghost'"))
                    .isEqualTo(1);
            assertThat(bookedCalls()).isEqualTo(2);
        }

        @Test
        void takesWhatIsNoEventAtAllAndThePartitionGoesOn() {
            add(partition(), Map.of("k", "NONSENSE"));
            call(2);

            metering.flushAll();

            assertThat(metering.book()
                            .number(
                                    "SELECT count(*) FROM quarantine WHERE account = '' AND fields LIKE '%NONSENSE%' AND partition = "
                                            + partition().number()))
                    .isEqualTo(1);
            assertThat(bookedCalls()).isEqualTo(2);
        }
    }

    private void call(int times) {
        calls(times).block();
    }

    private Mono<Void> calls(int times) {
        return Flux.range(0, times)
                .flatMap(i -> metering.call(account, 1_000, 1_000), 16)
                .then();
    }

    private void assertEachCallIsBookedOnce() {
        assertThat(bookedCalls()).isEqualTo(CALLS);
        assertBookEqualsLiveStore();
        assertThat(got(metering.booked().snapshot(account)).balance().postedMicros())
                .isEqualTo(100_000_000 - CALLS * 1_000);
    }

    private void assertBookEqualsLiveStore() {
        AccountSnapshot live = got(metering.live().read(account));
        assertThat(got(metering.booked().snapshot(account)).at(BookedUpTo.NOTHING))
                .isEqualTo(live);
        assertThat(metering.book()
                        .number("SELECT CAST(sum(amount) AS bigint) FROM ledger_entry WHERE ledger_account = 'customer:"
                                + account + "'"))
                .isEqualTo(live.balance().postedMicros());
    }

    private long bookedCalls() {
        return metering.book().number("SELECT count(*) FROM usage_event WHERE account = '" + account + "'");
    }

    private long quarantined() {
        return metering.book().number("SELECT count(*) FROM quarantine WHERE account = '" + account + "'");
    }

    private long streamed() {
        return got(metering.bean(UsageStream.class).read(partition(), EventPosition.START, 10_000))
                .entries()
                .size();
    }

    private Partition partition() {
        return metering.partitions().of(account);
    }

    private void asOwner(String sql) {
        metering.book().owner().sql(sql).then().block();
    }

    /** Lets the last statement of a flush fail; null lets it be again. */
    private void onCursorMove(@Nullable String failing) {
        asOwner("DROP TRIGGER IF EXISTS failing ON flush_cursor");
        if (failing != null) {
            asOwner("CREATE OR REPLACE FUNCTION failing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + failing
                    + "; RETURN NEW; END $$");
            asOwner("CREATE TRIGGER failing BEFORE UPDATE ON flush_cursor FOR EACH ROW EXECUTE FUNCTION failing()");
        }
    }

    /** What no script would write. */
    private void add(Partition partition, Map<String, String> fields) {
        String prefix = "{tg:" + partition.number() + "}:";
        RedisClient client = RedisClient.create(metering.redisUri());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisCommands<String, String> redis = connection.sync();
            EventPosition last = EventPosition.parse(Objects.requireNonNull(redis.get(prefix + "head")));
            String next = new EventPosition(last.epoch(), last.number() + 1).toString();
            redis.xadd(prefix + "usage", new XAddArgs().id(next), fields);
            redis.set(prefix + "head", next);
        } finally {
            client.shutdown();
        }
    }
}
