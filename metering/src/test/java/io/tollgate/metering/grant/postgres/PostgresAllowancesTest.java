package io.tollgate.metering.grant.postgres;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.postgres.TestAccounts;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.postgres.TestCommands;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Allowance;
import io.tollgate.metering.grant.Allowances.EndResult;
import io.tollgate.metering.grant.Allowances.ReplaceResult;
import io.tollgate.metering.grant.CauseId;
import io.tollgate.metering.grant.Grant;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.ledger.postgres.TestLedger;
import io.tollgate.metering.postgres.BookOfRecord;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresAllowancesTest {

    private static final Instant END = Instant.parse("2099-02-01T00:00:00Z");

    private final BookOfRecord book = BookOfRecord.fresh();
    private final PostgresAllowances allowances =
            new PostgresAllowances(book.client(), book.sqlTransaction(), TestCommands.in(book));
    private AccountId account = new AccountId("none");

    @AfterAll
    void close() {
        book.close();
    }

    @BeforeEach
    void openAccount() {
        account = TestAccounts.open(book);
    }

    @Test
    void namesTheAllowancesItReplacesAndNoOtherGrant() {
        got(new PostgresGrants(book.client(), book.sqlTransaction(), TestCommands.in(book), TestLedger.in(book))
                .give(new Grant(
                        account,
                        Credits.of(100),
                        Grant.Cause.TOP_UP,
                        account.value(),
                        new Money(900, "usd"),
                        Grant.DEFAULT_PRIORITY,
                        null)));
        ReplaceResult.Replaced first = replaced("january", 10, 0);

        ReplaceResult.Replaced second = replaced("february", 10, 3);

        assertThat(second.command().command())
                .isEqualTo(new Command.ReplaceAllowance(
                        List.of(first.grant()),
                        Credits.of(3),
                        new Command.Grant(
                                second.grant(), Credits.of(10), Allowance.DEFAULT_PRIORITY, END.toEpochMilli())));
    }

    @Test
    void leavesOutAnAllowanceThatIsUsedUp() {
        ReplaceResult.Replaced first = replaced("january", 10, 0);
        book.owner()
                .sql(
                        "INSERT INTO lot (grant_number, account, amount_micros, remaining_micros, priority, expires_at_millis)"
                                + " VALUES (" + first.grant() + ", '" + account + "', 10000000, 0, 50, 0)")
                .then()
                .block();

        assertThat(replaced("february", 10, 0).command().command())
                .isInstanceOfSatisfying(
                        Command.ReplaceAllowance.class,
                        command -> assertThat(command.replaced()).isEmpty());
    }

    @Test
    void happensOnceHoweverManyAsk() {
        List<ReplaceResult> results = got(Flux.range(0, 20)
                .flatMap(i -> allowances.replace(allowance("january", 10, 0)), 20)
                .collectList());

        assertThat(results).filteredOn(ReplaceResult.Replaced.class::isInstance).hasSize(1);
        assertThat(results)
                .filteredOn(ReplaceResult.ReplacedBefore.class::isInstance)
                .hasSize(19);
    }

    @Test
    void anotherRolloverForTheSameCauseIsAConflict() {
        replaced("january", 10, 3);

        assertThat(replace(allowance("january", 10, 4))).isEqualTo(new ReplaceResult.Conflict("rollover", "3"));
    }

    @Test
    void anotherAmountForTheSameCauseIsAConflict() {
        replaced("january", 10, 3);

        assertThat(replace(allowance("january", 11, 3))).isEqualTo(new ReplaceResult.Conflict("credits", "10"));
    }

    @Test
    void anAllowanceOfNothingIsNone() {
        assertThat(replace(allowance("january", 0, 0)))
                .isEqualTo(new ReplaceResult.Invalid("credits", "more than zero"));
    }

    @Test
    void oneThatIsOverAlreadyIsNone() {
        Allowance over = new Allowance(
                account, account + "over", Credits.of(1), Credits.ZERO, 0, Instant.parse("2020-01-01T00:00:00Z"));

        assertThat(replace(over)).isEqualTo(new ReplaceResult.Invalid("expires_at", "a time to come"));
    }

    @Test
    void anEndThatNoStoreCouldCountIsRefused() {
        Allowance endless = new Allowance(account, account + "endless", Credits.of(1), Credits.ZERO, 0, Instant.MAX);

        assertThat(replace(endless)).isEqualTo(new ReplaceResult.Invalid("expires_at", Grant.EXPIRY_ALLOWED));
    }

    @Test
    void creditBeyondTheBoundIsRefusedAndNothingIsLeftOfIt() {
        got(new PostgresGrants(book.client(), book.sqlTransaction(), TestCommands.in(book), TestLedger.in(book))
                .give(new Grant(account, Credits.MAX, Grant.Cause.OPERATOR, account.value(), null, 0, null)));

        assertThat(replace(allowance("january", 1, 0))).isEqualTo(new ReplaceResult.BeyondBound(Credits.ZERO));
        assertThat(book.number("SELECT count(*) FROM grant_record WHERE account = '" + account + "'"))
                .isEqualTo(1);
    }

    @Nested
    class Ending {

        @Test
        void namesWhatMayHaveSomethingLeftAndNoOtherGrant() {
            got(grants().give(
                            new Grant(account, Credits.of(5), Grant.Cause.REINSTATED, account.value(), null, 0, null)));
            long january = replaced("january", 10, 0).grant();
            long february = replaced("february", 10, 3).grant();

            assertThat(end("lost")).isInstanceOfSatisfying(EndResult.Ended.class, ended -> {
                assertThat(ended.command().command()).isEqualTo(new Command.EndAllowances(List.of(february, january)));
                assertThat(got(TestCommands.in(book).unapplied(account, 10).collectList()))
                        .contains(ended.command());
            });
        }

        @Test
        void happensOncePerCauseHoweverManyAskAndWhateverIsGivenLater() {
            replaced("january", 10, 0);

            List<EndResult> results = got(Flux.range(0, 20)
                    .flatMap(i -> allowances.end(account, account + "lost"), 20)
                    .collectList());
            replaced("february", 10, 0);

            assertThat(results).filteredOn(EndResult.Ended.class::isInstance).hasSize(1);
            assertThat(results)
                    .filteredOn(EndResult.EndedBefore.class::isInstance)
                    .hasSize(19);
            assertThat(end("lost")).isEqualTo(new EndResult.EndedBefore());
            assertThat(end("lost again")).isInstanceOf(EndResult.Ended.class);
        }

        @Test
        void ofNothingIssuesNothingAndCountsAllTheSame() {
            assertThat(end("lost")).isEqualTo(new EndResult.NothingLeft());
            replaced("january", 10, 0);

            assertThat(end("lost")).isEqualTo(new EndResult.EndedBefore());
            assertThat(book.number("SELECT count(*) FROM account_command WHERE account = '" + account + "'"))
                    .isEqualTo(1);
        }

        @Test
        void forACauseOfAnotherAccountIsAConflict() {
            AccountId first = account;
            end("lost");
            account = TestAccounts.open(book);

            assertThat(got(allowances.end(account, first + "lost")))
                    .isEqualTo(new EndResult.Conflict("account", first.value()));
        }

        @Test
        void needsACauseAndAnAccount() {
            assertThat(got(allowances.end(account, ""))).isEqualTo(new EndResult.Invalid("cause id", CauseId.ALLOWED));
            assertThat(got(allowances.end(new AccountId("nobody"), "lost")))
                    .isEqualTo(new EndResult.NoSuchAccount(new AccountId("nobody")));
        }

        private EndResult end(String cause) {
            return got(allowances.end(account, account + cause));
        }
    }

    private PostgresGrants grants() {
        return new PostgresGrants(book.client(), book.sqlTransaction(), TestCommands.in(book), TestLedger.in(book));
    }

    @Test
    void anUnknownAccountIsNamed() {
        account = new AccountId("nobody");

        assertThat(replace(allowance("january", 1, 0))).isEqualTo(new ReplaceResult.NoSuchAccount(account));
    }

    private ReplaceResult.Replaced replaced(String cause, long credits, long rollover) {
        return (ReplaceResult.Replaced) replace(allowance(cause, credits, rollover));
    }

    private ReplaceResult replace(Allowance allowance) {
        return got(allowances.replace(allowance));
    }

    private Allowance allowance(String cause, long credits, long rollover) {
        return new Allowance(
                account, account + cause, Credits.of(credits), Credits.of(rollover), Allowance.DEFAULT_PRIORITY, END);
    }
}
