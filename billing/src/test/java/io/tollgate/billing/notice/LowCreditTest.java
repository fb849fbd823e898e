package io.tollgate.billing.notice;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.billing.World;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Grant;
import io.tollgate.metering.grant.Grants;
import io.tollgate.metering.grant.Grants.GrantResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Mono;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LowCreditTest {

    private static final Credits FIVE = Credits.of(5);

    private final World world = World.still("tollgate.metering.flush.interval=50ms");
    private final LowCredit lowCredit = world.the(LowCredit.class);
    private AccountId account = new AccountId("none");

    @BeforeEach
    void open() {
        world.book()
                .owner()
                .sql("TRUNCATE notice, notice_delivery, low_credit")
                .then()
                .block();
        account = world.account();
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Nested
    class Looking {

        @Test
        void tellsOnceWhenCreditFallsAndAgainOnlyAfterItRose() {
            has(account, Credits.of(6));
            look();
            assertThat(told(account)).isZero();

            has(account, Credits.of(4));
            look();
            look();
            has(account, Credits.of(3));
            look();
            assertThat(told(account)).isEqualTo(1);

            has(account, Credits.of(9));
            look();
            has(account, Credits.of(1));
            look();
            assertThat(told(account)).isEqualTo(2);
        }

        @Test
        void tellsWhatIsLeftAndOfWhat() {
            has(account, Credits.ofMicros(4_500_000));

            look();

            assertThat(world.text("SELECT facts->>'available' || ' of ' || (facts->>'threshold') FROM notice"))
                    .isEqualTo("4.5 of 5");
        }

        @Test
        void takesTheAccountsOwnWordOnWhatIsLow() {
            AccountId silent = world.account();
            AccountId thrifty = world.account();
            wants(silent, Credits.ZERO);
            wants(thrifty, Credits.of(50));
            has(silent, Credits.ZERO);
            has(thrifty, Credits.of(40));

            got(lowCredit.look(List.of(silent, thrifty), FIVE));

            assertThat(told(silent)).isZero();
            assertThat(told(thrifty)).isEqualTo(1);
        }

        @Test
        void isOffWhereNobodyNamedAThreshold() {
            has(account, Credits.ZERO);

            assertThat(got(lowCredit.look(List.of(account), Credits.ZERO))).isZero();
        }

        @Test
        void isOffAlsoInDebt() {
            AccountId silent = world.account();
            wants(silent, Credits.ZERO);
            balance(silent, -1_000_000);
            balance(account, -1_000_000);

            assertThat(got(lowCredit.look(List.of(account), Credits.ZERO))).isZero();
            assertThat(got(lowCredit.look(List.of(silent), FIVE))).isZero();
        }

        @Test
        void tellsNothingOfAccountsThatHaveNotBegun() {
            look();

            assertThat(told(account)).isZero();
        }

        @Test
        void tellsOfDebt() {
            balance(account, -1_000_000);

            look();

            assertThat(world.text("SELECT facts->>'available' FROM notice")).isEqualTo("-1");
        }

        @Test
        void tellsOnceHoweverManyLookAtOnce() {
            has(account, Credits.of(4));

            for (int i = 0; i < 10; i++) {
                got(Mono.zip(
                        lowCredit.look(List.of(account), FIVE),
                        lowCredit.look(List.of(account), FIVE),
                        lowCredit.look(List.of(account), FIVE)));
            }

            assertThat(told(account)).isEqualTo(1);
        }
    }

    @Nested
    class Walking {

        @Test
        void looksAtEveryAccountPageByPageAndBeginsAnew() {
            List<AccountId> accounts =
                    List.of(world.account(), world.account(), world.account(), world.account(), world.account());
            accounts.forEach(each -> has(each, Credits.of(1)));

            walkAround();
            accounts.forEach(each -> assertThat(told(each)).isEqualTo(1));

            accounts.forEach(each -> has(each, Credits.of(10)));
            walkAround();
            accounts.forEach(each -> has(each, Credits.of(1)));
            walkAround();
            accounts.forEach(each -> assertThat(told(each)).isEqualTo(2));
        }

        private void walkAround() {
            long all = world.book().number("SELECT count(*) FROM account_balance");
            for (int i = 0; i <= all / 2 + 1; i++) {
                got(lowCredit.walk(2, FIVE));
            }
        }
    }

    @Test
    void anAccountIsToldWithinSecondsOfItsBooking() {
        try (World running = World.running(
                "tollgate.metering.flush.interval=50ms",
                "tollgate.billing.notices.low-credit=5",
                "tollgate.billing.notices.watch.interval=100ms",
                "tollgate.billing.notices.watch.walk-interval=1h")) {
            AccountId buyer = running.account();
            grant(running, buyer, Credits.of(3));

            await().atMost(Duration.ofSeconds(15))
                    .untilAsserted(() -> assertThat(running.book()
                                    .number("SELECT count(*) FROM notice WHERE kind = 'LOW_CREDIT' AND account = '"
                                            + buyer + "'"))
                            .isEqualTo(1));
        }
    }

    private static void grant(World at, AccountId buyer, Credits credits) {
        GrantResult result = got(at.the(Grants.class)
                .give(new Grant(buyer, credits, Grant.Cause.OPERATOR, "gift", null, Grant.DEFAULT_PRIORITY, null)));
        if (result instanceof GrantResult.Given given) {
            at.the(Courier.class).push(given.command()).block();
        }
    }

    private void look() {
        got(lowCredit.look(List.of(account), FIVE));
    }

    private void has(AccountId of, Credits credits) {
        balance(of, credits.micros());
    }

    /** As the flusher writes it. */
    private void balance(AccountId of, long micros) {
        world.book()
                .owner()
                .sql("UPDATE account_balance SET posted_micros = " + micros
                        + ", applied = applied + 1, booked_at = now() WHERE account = '" + of + "'")
                .then()
                .block();
    }

    private void wants(AccountId of, Credits threshold) {
        world.the(Contacts.class).put(of, new Contact(null, threshold)).block();
    }

    private long told(AccountId of) {
        return world.book().number("SELECT count(*) FROM notice WHERE kind = 'LOW_CREDIT' AND account = '" + of + "'");
    }
}
