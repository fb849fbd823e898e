package io.tollgate.metering.wiring;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.BookedUpTo;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.kept.SettleKeeper;
import io.tollgate.metering.ledger.Money;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class KeptTest {

    private static final long GIVEN = 100_000_000;
    private static final long CHARGE = 1_000;

    private final Metering metering = Metering.start("tollgate.metering.kept.interval=1h");
    private final LostRedis lost = new LostRedis(metering.redisUri());
    private final AccountId account = metering.open();

    @BeforeEach
    void give() {
        metering.give(account, Credits.ofMicros(GIVEN), new Money(900, "usd"));
        flush(metering);
    }

    @AfterEach
    void close() {
        lost.close();
        metering.close();
    }

    @Nested
    class AfterALoss {

        @Test
        void settlesThatOnlyRedisHadAreChargedOnce() {
            call(metering, 20);

            lost.everything();
            call(metering, 1);
            look(metering);

            assertChargedOnce(21);
            assertThat(meter("tollgate.kept.resent")).isEqualTo(20);
            assertThat(metering.book().number("SELECT settles_resent FROM recovery WHERE epoch = 2"))
                    .isEqualTo(20);
        }

        @Test
        void whatWasBookedBeforeIsNotChargedAgain() {
            call(metering, 10);
            flush(metering);
            call(metering, 5);

            lost.everything();
            call(metering, 1);
            look(metering);

            assertChargedOnce(16);
            assertThat(meter("tollgate.kept.resent")).isEqualTo(5);
        }

        @Test
        void whatTheOlderEpochsStreamStillHasIsNotChargedAgain() {
            call(metering, 10);
            flush(metering);
            call(metering, 5);

            lost.key("{tg:" + metering.partitions().of(account).number() + "}:head");
            call(metering, 1);
            look(metering);

            assertChargedOnce(16);
            assertThat(meter("tollgate.kept.resent")).isZero();
            assertThat(metering.book().number("SELECT settles_resent FROM recovery WHERE epoch = 2"))
                    .isZero();
        }

        @Test
        void aPartitionThatCannotBeBookedKeepsNoOthersBack() {
            AccountId elsewhere = openElsewhere();
            call(metering, 1);
            got(metering.call(elsewhere, CHARGE, CHARGE));
            lost.everything();
            metering.live().read(account).block();
            got(metering.call(elsewhere, CHARGE, CHARGE));
            letNobodyBook();

            look(metering);

            assertThat(meter("tollgate.kept.resent")).isEqualTo(1);
            letBook();
            assertChargedOnce(1);
        }

        @Test
        void repeatingItAllChangesNothing() {
            call(metering, 5);
            for (int i = 0; i < 3; i++) {
                lost.everything();
                call(metering, 1);
                look(metering);
                look(metering);
            }

            assertChargedOnce(8);
        }

        @Test
        void aNumberThatAnotherGatewaysEventHasTakenProvesNothing() {
            List<LostRedis.Saved> before = lost.save();
            call(metering, 1);
            lost.rollBackTo(before);
            try (Metering other = metering.beside("tollgate.metering.kept.interval=1h")) {
                call(other, 3); // has not seen what was lost, and uses its number again

                flush(other);
                look(metering);

                assertChargedOnce(4);
                assertThat(meter("tollgate.kept.resent")).isEqualTo(1);
            }
        }

        @Test
        void theLossIsFoundAlthoughNobodyCalls() {
            try (Metering gateway = metering.beside(
                    "tollgate.metering.kept.interval=20ms",
                    "tollgate.metering.kept.patience=100ms",
                    "tollgate.metering.flush.interval=1h")) {
                call(gateway, 5);

                lost.everything();

                await().ignoreExceptions().untilAsserted(() -> assertChargedOnce(5)); // absent until it is seeded
            }
        }
    }

    @Nested
    class WithoutALoss {

        @Test
        void whatIsBookedIsForgotten() {
            call(metering, 5);
            assertThat(look(metering)).isEqualTo(5);

            flush(metering);

            assertThat(look(metering)).isEqualTo(5);
            assertThat(look(metering)).isZero();
            assertThat(meter("tollgate.kept.resent")).isZero();
        }

        @Test
        void aboutWhatThisGatewayHasBookedItselfTheBookIsNotAsked() {
            call(metering, 5);
            flush(metering);
            asOwner("REVOKE SELECT ON flush_cursor FROM tollgate_app");

            look(metering);

            assertThat(look(metering)).isZero();
            asOwner("GRANT SELECT ON flush_cursor TO tollgate_app");
        }

        @Test
        void whatAnotherGatewayHasBookedIsForgotten() {
            try (Metering other = metering.beside("tollgate.metering.kept.interval=1h")) {
                call(metering, 5);
                flush(other);

                look(metering);

                assertThat(look(metering)).isZero();
                assertThat(meter("tollgate.kept.resent")).isZero();
            }
        }

        @Test
        void askingTheLiveStoreChargesNothing() {
            try (Metering gateway =
                    metering.beside("tollgate.metering.kept.interval=1h", "tollgate.metering.kept.patience=0s")) {
                letNobodyBook();
                call(gateway, 3);

                look(gateway);
                look(gateway);

                assertThat(meter(gateway, "tollgate.kept.asked")).isEqualTo(2);
                letBook();
                assertChargedOnce(3);
            }
        }

        @Test
        void aSettleThatOutlivedItsTombstoneInTheStreamIsChargedOnce() {
            try (Metering gateway = metering.beside(
                    "tollgate.metering.kept.interval=1h",
                    "tollgate.metering.kept.patience=0s",
                    "tollgate.metering.tombstone-ttl=1s")) {
                letNobodyBook();
                call(gateway, 1);
                await().until(() -> lost.redis().keys("*:hold:*").isEmpty());
                letBook();

                look(gateway);

                flush(gateway);
                assertThat(got(metering.live().read(account)).balance().postedMicros())
                        .isEqualTo(GIVEN - CHARGE);
                assertChargedOnce(1);
            }
        }

        @Test
        void finishingBooksAllThatIsKept() {
            call(metering, 5);

            metering.bean(SettleKeeper.class).finish().block();

            assertThat(look(metering)).isZero();
            assertThat(bookedCalls()).isEqualTo(5);
        }

        @Test
        void whatIsDroppedForWantOfRoomIsCounted() {
            try (Metering small =
                    metering.beside("tollgate.metering.kept.interval=1h", "tollgate.metering.kept.max=4")) {
                call(small, 6);

                assertThat(look(small)).isEqualTo(4);
                assertThat(small.bean(MeterRegistry.class)
                                .get("tollgate.kept.dropped")
                                .functionCounter()
                                .count())
                        .isEqualTo(2);
            }
        }
    }

    /** Answers how many were kept. */
    private static long look(Metering gateway) {
        gateway.bean(SettleKeeper.class).look().block();
        return (long) gateway.bean(MeterRegistry.class)
                .get("tollgate.kept.settles")
                .gauge()
                .value();
    }

    private void call(Metering gateway, int times) {
        Flux.range(0, times)
                .flatMap(i -> gateway.call(account, CHARGE, CHARGE), 4)
                .blockLast();
    }

    /** An account with credit, in another partition. */
    private AccountId openElsewhere() {
        AccountId other = metering.open();
        while (metering.partitions().of(other).equals(metering.partitions().of(account))) {
            other = metering.open();
        }
        metering.give(other, Credits.ofMicros(GIVEN), null);
        metering.flushAll();
        return other;
    }

    /** A gateway sweeps when it starts; until {@link #letBook} even that books nothing. */
    private void letNobodyBook() {
        asOwner("REVOKE INSERT ON usage_event FROM tollgate_app");
    }

    private void letBook() {
        asOwner("GRANT INSERT ON usage_event TO tollgate_app");
    }

    private void asOwner(String sql) {
        metering.book().owner().sql(sql).then().block();
    }

    /** Waits for whoever else does it: a gateway sweeps when it starts. */
    private void flush(Metering gateway) {
        gateway.flusher().flush(metering.partitions().of(account)).block();
    }

    private double meter(String name) {
        return meter(metering, name);
    }

    private static double meter(Metering gateway, String name) {
        return Objects.requireNonNull(
                        gateway.bean(MeterRegistry.class).find(name).counter())
                .count();
    }

    private long bookedCalls() {
        return metering.book()
                .number("SELECT count(*) FROM usage_event WHERE kind = 'SETTLED' AND account = '" + account + "'");
    }

    private void assertChargedOnce(int calls) {
        flush(metering);
        assertThat(bookedCalls()).isEqualTo(calls);
        assertThat(metering.book().number("SELECT count(*) FROM quarantine")).isZero();
        assertThat(got(metering.live().read(account)).balance().postedMicros()).isEqualTo(GIVEN - calls * CHARGE);
        assertThat(got(metering.booked().snapshot(account)).at(BookedUpTo.NOTHING))
                .isEqualTo(got(metering.live().read(account)));
    }
}
