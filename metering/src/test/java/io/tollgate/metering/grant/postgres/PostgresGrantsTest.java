package io.tollgate.metering.grant.postgres;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.postgres.TestAccounts;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.command.postgres.TestCommands;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Grant;
import io.tollgate.metering.grant.Grants.GrantResult;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.ledger.postgres.TestLedger;
import io.tollgate.metering.postgres.BookOfRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresGrantsTest {

    private final BookOfRecord book = BookOfRecord.fresh();
    private final PostgresGrants grants =
            new PostgresGrants(book.client(), book.sqlTransaction(), TestCommands.in(book), TestLedger.in(book));
    private final PostgresGrantHistory history = new PostgresGrantHistory(book.client());
    private AccountId account = new AccountId("none");

    @AfterAll
    void close() {
        book.close();
    }

    @BeforeEach
    void openAccount() {
        account = TestAccounts.open(book);
    }

    @Nested
    class Giving {

        @Test
        void issuesTheCommandThatFillsTheLot() {
            GrantResult.Given given = given(grant(account, Credits.of(100), new Money(900, "usd")));

            assertThat(given.command())
                    .isEqualTo(new IssuedCommand(
                            account,
                            1,
                            "grant:" + given.grant(),
                            new Command.Grant(given.grant(), Credits.of(100), Grant.DEFAULT_PRIORITY, 0)));
        }

        @Test
        void happensOnceHoweverManyAsk() {
            Grant grant = grant(account, Credits.of(100), new Money(900, "usd"));

            List<GrantResult> results =
                    got(Flux.range(0, 20).flatMap(i -> grants.give(grant), 20).collectList());

            assertThat(results).filteredOn(GrantResult.Given.class::isInstance).hasSize(1);
            assertThat(results)
                    .filteredOn(GrantResult.GivenBefore.class::isInstance)
                    .hasSize(19);
            assertThat(got(TestCommands.in(book).unapplied(account, 10).count()))
                    .isEqualTo(1);
        }

        @Test
        void anotherAmountForTheSameCauseIsAConflict() {
            given(grant(account, Credits.of(100), null));

            assertThat(got(grants.give(grant(account, Credits.of(99), null))))
                    .isEqualTo(new GrantResult.Conflict("credits", "100"));
        }

        @Test
        void anotherEndForTheSameCauseIsAConflict() {
            given(grant(account, Credits.of(100), null));
            Grant ending = new Grant(
                    account,
                    Credits.of(100),
                    Grant.Cause.OPERATOR,
                    account.value(),
                    null,
                    Grant.DEFAULT_PRIORITY,
                    Instant.parse("2099-01-01T00:00:00Z"));

            assertThat(got(grants.give(ending))).isEqualTo(new GrantResult.Conflict("expires_at", "never"));
        }

        @Test
        void anAllowanceIsNotGivenLikeThis() {
            Grant allowance = new Grant(
                    account, Credits.of(100), Grant.Cause.ALLOWANCE, "period", null, Grant.DEFAULT_PRIORITY, null);

            assertThatIllegalArgumentException().isThrownBy(() -> grants.give(allowance));
        }

        @ParameterizedTest
        @ValueSource(strings = {"1970-01-01T00:00:00Z", "-0001-01-01T00:00:00Z", "+10000-01-01T00:00:00Z"})
        void anEndThatNoStoreCouldCountIsNoGrant(String end) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Grant(
                            account,
                            Credits.of(1),
                            Grant.Cause.OPERATOR,
                            "c",
                            null,
                            Grant.DEFAULT_PRIORITY,
                            Instant.parse(end)))
                    .withMessageContaining("1970-01-01T00:00:00.001Z");
        }

        @Test
        void anotherAccountForTheSameCauseIsAConflict() {
            given(grant(account, Credits.of(100), null));
            AccountId other = TestAccounts.open(book);
            Grant stolen = new Grant(
                    other, Credits.of(100), Grant.Cause.OPERATOR, account.value(), null, Grant.DEFAULT_PRIORITY, null);

            assertThat(got(grants.give(stolen))).isEqualTo(new GrantResult.Conflict("account", account.value()));
        }

        @Test
        void anUnknownAccountIsNamed() {
            AccountId nobody = new AccountId("nobody");

            assertThat(got(grants.give(grant(nobody, Credits.of(1), null))))
                    .isEqualTo(new GrantResult.NoSuchAccount(nobody));
        }

        @Test
        void neverLiftsAnAccountBeyondTheBound() {
            Credits half = Credits.ofMicros(Credits.MICROS_MAX / 2);

            List<GrantResult> results = got(Flux.range(0, 6)
                    .flatMap(
                            i -> grants.give(new Grant(
                                    account,
                                    half,
                                    Grant.Cause.OPERATOR,
                                    account + ":" + i,
                                    null,
                                    Grant.DEFAULT_PRIORITY,
                                    null)),
                            6)
                    .collectList());

            assertThat(results).filteredOn(GrantResult.Given.class::isInstance).hasSize(2);
            assertThat(results)
                    .filteredOn(GrantResult.BeyondBound.class::isInstance)
                    .hasSize(4)
                    .allMatch(new GrantResult.BeyondBound(Credits.ofMicros(1))::equals);
        }

        @Test
        void booksTheMoneyAgainstDeferred() {
            given(grant(account, Credits.of(100), new Money(900, "eur")));

            assertThat(
                            book.number(
                                    "SELECT CAST(sum(amount) AS bigint) FROM ledger_entry WHERE ledger_account = 'stripe:clearing:eur'"))
                    .isEqualTo(900);
            assertThat(
                            book.number(
                                    "SELECT CAST(sum(amount) AS bigint) FROM ledger_entry WHERE ledger_account = 'deferred:eur'"))
                    .isEqualTo(-900);
        }
    }

    @Nested
    class Reading {

        @Test
        void tellsWhereCreditCameFrom() {
            GrantResult.Given given = given(grant(account, Credits.of(100), new Money(900, "usd")));

            assertThat(got(history.lots(account, 10).collectList()))
                    .singleElement()
                    .satisfies(lot -> {
                        assertThat(lot.number()).isEqualTo(given.grant());
                        assertThat(lot.paid()).isEqualTo(new Money(900, "usd"));
                        assertThat(lot.granted()).isEqualTo(Credits.of(100));
                        assertThat(lot.remaining()).isNull();
                    });
        }
    }

    private GrantResult.Given given(Grant grant) {
        return (GrantResult.Given) got(grants.give(grant));
    }

    private static Grant grant(AccountId account, Credits amount, @Nullable Money paid) {
        Grant.Cause cause = paid == null ? Grant.Cause.OPERATOR : Grant.Cause.TOP_UP;
        return new Grant(account, amount, cause, account.value(), paid, Grant.DEFAULT_PRIORITY, null);
    }
}
