package io.tollgate.metering.grant.postgres;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.postgres.TestAccounts;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.postgres.TestCommands;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Clawbacks.ClawbackResult;
import io.tollgate.metering.grant.Grant;
import io.tollgate.metering.grant.Grants.GrantResult;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.ledger.postgres.TestLedger;
import io.tollgate.metering.postgres.BookOfRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresClawbacksTest {

    private final BookOfRecord book = BookOfRecord.fresh();
    private final PostgresGrants grants =
            new PostgresGrants(book.client(), book.sqlTransaction(), TestCommands.in(book), TestLedger.in(book));
    private final PostgresClawbacks clawbacks =
            new PostgresClawbacks(book.client(), book.sqlTransaction(), TestCommands.in(book));
    private AccountId account = new AccountId("none");
    private int causes;

    @AfterAll
    void close() {
        book.close();
    }

    @BeforeEach
    void openAccount() {
        account = TestAccounts.open(book);
    }

    @Test
    void asksTheGrantsOwnLotFirstThenOtherPaidOnesNewestFirst() {
        long first = paid(10);
        long own = paid(10);
        free(10);
        long last = paid(10);

        ClawbackResult.Taken taken = (ClawbackResult.Taken) take("refund", own, Credits.of(10));

        assertThat(taken.command().command())
                .isEqualTo(new Command.Clawback(List.of(own, last, first), Credits.of(10)));
        assertThat(taken.command().number()).isEqualTo(5);
    }

    @Test
    void nothingThatWasPaidForStandsInForAGift() {
        paid(10);
        long gift = free(10);

        ClawbackResult.Taken taken = (ClawbackResult.Taken) take("mistake", gift, Credits.of(10));

        assertThat(taken.command().command()).isEqualTo(new Command.Clawback(List.of(gift), Credits.of(10)));
    }

    @Test
    void happensOnceHoweverManyAsk() {
        long grant = paid(10);
        String cause = account + "refund";

        List<ClawbackResult> results = got(Flux.range(0, 20)
                .flatMap(i -> clawbacks.take(account, cause, grant, Credits.of(10)), 20)
                .collectList());

        assertThat(results).filteredOn(ClawbackResult.Taken.class::isInstance).hasSize(1);
        assertThat(results)
                .filteredOn(ClawbackResult.TakenBefore.class::isInstance)
                .hasSize(19);
    }

    @Test
    void takesNoMoreThanWasGrantedInAll() {
        long grant = paid(10);
        take("first", grant, Credits.of(7));

        assertThat(take("second", grant, Credits.ofMicros(3_000_001)))
                .isEqualTo(new ClawbackResult.BeyondGrant(Credits.of(3)));
        assertThat(take("second", grant, Credits.of(3))).isInstanceOf(ClawbackResult.Taken.class);
        assertThat(take("third", grant, Credits.ofMicros(1))).isEqualTo(new ClawbackResult.BeyondGrant(Credits.ZERO));
    }

    @Test
    void takesNoMoreThanWasGrantedWhereManyAskAtOnce() {
        long grant = paid(10);

        List<ClawbackResult> results = got(Flux.range(0, 12)
                .flatMap(i -> clawbacks.take(account, account + "-" + i, grant, Credits.of(1)), 12)
                .collectList());

        assertThat(results).filteredOn(ClawbackResult.Taken.class::isInstance).hasSize(10);
    }

    @Test
    void anotherAmountForTheSameCauseIsAConflict() {
        long grant = paid(10);
        take("refund", grant, Credits.of(7));

        assertThat(take("refund", grant, Credits.of(1))).isEqualTo(new ClawbackResult.Conflict("credits", "7"));
    }

    @Test
    void anotherGrantForTheSameCauseIsAConflict() {
        long grant = paid(10);
        long other = paid(10);
        take("refund", grant, Credits.of(7));

        assertThat(take("refund", other, Credits.of(7)))
                .isEqualTo(new ClawbackResult.Conflict("grant", Long.toString(grant)));
    }

    @Test
    void nothingIsTakenWhereNothingIsAskedFor() {
        assertThat(take("refund", paid(10), Credits.ZERO))
                .isEqualTo(new ClawbackResult.Invalid("credits", "more than zero"));
    }

    @Test
    void aGrantOfAnotherAccountIsNone() {
        long grant = paid(10);
        account = TestAccounts.open(book);

        assertThat(take("refund", grant, Credits.of(1))).isEqualTo(new ClawbackResult.NoSuchGrant(grant));
    }

    @Test
    void anUnknownAccountIsNamed() {
        AccountId nobody = new AccountId("nobody");

        assertThat(got(clawbacks.take(nobody, "refund", 1, Credits.of(1))))
                .isEqualTo(new ClawbackResult.NoSuchAccount(nobody));
    }

    @Test
    void aRefusalIssuesNoCommand() {
        long grant = paid(10);

        take("refund", grant, Credits.of(11));

        assertThat(got(TestCommands.in(book).unapplied(account, 10).count())).isEqualTo(1);
        assertThat(book.number("SELECT count(*) FROM clawback_record WHERE account = '" + account + "'"))
                .isZero();
    }

    private ClawbackResult take(String cause, long grant, Credits amount) {
        return got(clawbacks.take(account, account + cause, grant, amount));
    }

    private long paid(long credits) {
        return give(credits, new Money(900, "usd"));
    }

    private long free(long credits) {
        return give(credits, null);
    }

    private long give(long credits, @Nullable Money paid) {
        Grant grant = new Grant(
                account,
                Credits.of(credits),
                Grant.Cause.OPERATOR,
                account + ":" + ++causes,
                paid,
                Grant.DEFAULT_PRIORITY,
                null);
        return ((GrantResult.Given) got(grants.give(grant))).grant();
    }
}
