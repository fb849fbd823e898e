package io.tollgate.metering.wiring;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.Eviction;
import io.tollgate.metering.account.ExpirySweep;
import io.tollgate.metering.account.LiveAccounts.Seeding;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Grant;
import io.tollgate.metering.grant.Grants;
import io.tollgate.metering.grant.Grants.GrantResult;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.recovery.Epochs;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdleAccountsTest {

    private static final long LASTING = 5_000_000;
    private static final long EXPIRING = 2_000_000;

    private final Metering metering = Metering.start(
            "tollgate.metering.expiry.interval=1h",
            "tollgate.metering.expiry.lots=2",
            "tollgate.metering.eviction.interval=1h",
            "tollgate.metering.eviction.idle=0s");

    @AfterAll
    void close() {
        metering.close();
    }

    @Nested
    class Expiring {

        @Test
        void anIdleAccountsLotIsBookedAsBreakageThoughNobodyCalls() {
            AccountId account = withALotThatExpires();

            await().untilAsserted(() -> {
                metering.bean(ExpirySweep.class).sweep().block();
                assertExpired(account);
            });
        }

        @Test
        void soIsThatOfAnAccountWhichTheLiveStoreDoesNotHave() {
            AccountId account = withALotThatExpires();
            flush(account);
            evictAll();

            await().untilAsserted(() -> {
                metering.bean(ExpirySweep.class).sweep().block();
                assertExpired(account);
            });
        }

        @Test
        void itGoesThroughAllOfThemSomeAtATime() {
            AccountId[] accounts = {withALotThatExpires(), withALotThatExpires(), withALotThatExpires()};

            await().untilAsserted(() -> {
                metering.bean(ExpirySweep.class).sweep().block();
                for (AccountId account : accounts) {
                    assertExpired(account);
                }
            });
        }

        private AccountId withALotThatExpires() {
            AccountId account = metering.open();
            metering.give(account, Credits.ofMicros(LASTING), null);
            Grant grant = new Grant(
                    account,
                    Credits.ofMicros(EXPIRING),
                    Grant.Cause.OPERATOR,
                    account + ":expires",
                    new Money(18, "usd"),
                    Grant.DEFAULT_PRIORITY,
                    Instant.now().plusMillis(400));
            GrantResult.Given given =
                    (GrantResult.Given) got(metering.bean(Grants.class).give(grant));
            metering.bean(Courier.class).push(given.command()).block();
            flush(account);
            return account;
        }

        private void assertExpired(AccountId account) {
            flush(account);
            assertThat(got(metering.booked().snapshot(account)).balance().postedMicros())
                    .isEqualTo(LASTING);
            assertThat(metering.book()
                            .number(
                                    "SELECT CAST(sum(amount) AS bigint) FROM ledger_entry WHERE ledger_account = 'customer:"
                                            + account + "'"))
                    .isEqualTo(LASTING);
            assertThat(metering.book()
                            .number("SELECT count(*) FROM account_event WHERE kind = 'LOTS_EXPIRED' AND account = '"
                                    + account + "'"))
                    .isEqualTo(1);
        }
    }

    @Nested
    class Evicting {

        @Test
        void anAccountComesBackWithExactlyWhatItHad() {
            AccountId account = metering.open();
            metering.give(account, Credits.ofMicros(LASTING), null);
            got(metering.call(account, 700, 333));
            flush(account);
            AccountSnapshot before = got(metering.live().read(account));

            evictAll();

            assertThat(metering.live().read(account).blockOptional()).isEmpty();
            got(metering.call(account, 700, 0));
            assertThat(got(metering.live().read(account))).isEqualTo(before);
        }

        @Test
        void anAccountThatHoldsSomethingStays() {
            AccountId account = metering.open();
            metering.give(account, Credits.ofMicros(LASTING), null);
            got(metering.hold(account, 700));
            flush(account);
            double refused = count("tollgate.accounts.evictions.refused");

            evictAll();

            assertThat(got(metering.live().read(account)).heldMicros()).isEqualTo(700);
            assertThat(count("tollgate.accounts.evictions.refused")).isGreaterThan(refused);
        }

        @Test
        void anAccountThatIsNotBookedAsItIsStays() {
            AccountId account = metering.open();
            metering.give(account, Credits.ofMicros(LASTING), null);
            flush(account);
            got(metering.call(account, 700, 333));

            evictAll();

            assertThat(got(metering.live().read(account)).balance().postedMicros())
                    .isEqualTo(LASTING - 333);
        }

        @Test
        void aSeedFromBeforeItIsRefused() {
            AccountId account = metering.open();
            metering.give(account, Credits.ofMicros(LASTING), null);
            flush(account);
            AccountSnapshot late = got(metering.booked().snapshot(account));
            got(metering.call(account, 700, 333));
            flush(account);
            evictAll();
            long epoch = metering.bean(Epochs.class)
                    .of(metering.partitions().of(account))
                    .epoch();

            assertThat(got(metering.live().seed(late, epoch))).isEqualTo(Seeding.BEHIND);

            got(metering.call(account, 700, 0));
            assertThat(got(metering.live().read(account)).balance().postedMicros())
                    .isEqualTo(LASTING - 333);
        }
    }

    /** Some turns: the walk is a stretch at a time. */
    private void evictAll() {
        for (int i = 0; i < 4; i++) {
            metering.bean(Eviction.class).evict().block();
        }
    }

    private void flush(AccountId account) {
        metering.flusher().flush(metering.partitions().of(account)).block();
    }

    private double count(String name) {
        return metering.bean(MeterRegistry.class).get(name).counter().count();
    }
}
