package io.tollgate.metering.wiring;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.account.Lot;
import io.tollgate.metering.command.StateChanges;
import io.tollgate.metering.command.StateChanges.ChangeResult;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Allowance;
import io.tollgate.metering.grant.Allowances;
import io.tollgate.metering.grant.Allowances.EndResult;
import io.tollgate.metering.grant.Allowances.ReplaceResult;
import io.tollgate.metering.grant.Clawbacks;
import io.tollgate.metering.grant.Clawbacks.ClawbackResult;
import io.tollgate.metering.grant.GrantHistory;
import io.tollgate.metering.ledger.Books;
import io.tollgate.metering.ledger.Books.AccountBooks;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.ledger.StatementPlace;
import io.tollgate.metering.ledger.Statements;
import io.tollgate.metering.ledger.Statements.Kind;
import io.tollgate.metering.ledger.Statements.Line;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.usage.UsageEvent;
import io.tollgate.metering.wiring.EventWriter.Written;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What takes credit from an account beside its calls, from the stream into the books. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountEventsTest {

    private static final long CREDIT = 1_000_000;

    private final Metering metering = Metering.start();
    private final EventWriter writer = new EventWriter(metering);
    private final Books books = metering.bean(Books.class);
    private AccountId account = new AccountId("none");
    private long bought;

    @AfterAll
    void close() {
        metering.close();
    }

    @BeforeEach
    void openWithCreditForNineDollars() {
        account = metering.open();
        bought = metering.give(account, Credits.of(100), new Money(900, "usd")).grant();
        metering.flushAll();
    }

    @AfterEach
    void everyCountLeadsToTheSame() {
        assertThat(got(books.totals()))
                .allSatisfy((unit, total) -> assertThat(total).isZero());
        AccountBooks figures = got(books.of(account));
        assertThat(figures.agree()).as("%s", figures).isTrue();
        assertThat(figures.postedMicros()).isEqualTo(snapshot().balance().postedMicros());
        assertThat(metering.book().number("SELECT count(*) FROM quarantine WHERE account = '" + account + "'"))
                .isZero();
        long balance = 0;
        for (Line line : statement(1_000).reversed()) {
            balance += line.amountMicros();
            assertThat(line.balanceMicros()).as("%s", line).isEqualTo(balance);
        }
        assertThat(balance).isEqualTo(figures.postedMicros());
    }

    @Nested
    class Expiry {

        @Test
        void breaksCreditAndEarnsWhatWasPaidForIt() {
            expire(40, 60);
            metering.flushAll();

            assertThat(ledger("breakage", "credits")).isGreaterThanOrEqualTo(40 * CREDIT);
            assertThat(earned()).isEqualTo(360);
            assertThat(got(books.of(account)).expiredMicros()).isEqualTo(40 * CREDIT);
            assertThat(statement(1)).singleElement().satisfies(line -> {
                assertThat(line.kind()).isEqualTo(Kind.EXPIRY);
                assertThat(line.cause()).isEmpty();
                assertThat(line.expired()).containsExactly(new Statements.LotPart(bought, Credits.of(40)));
            });
        }

        @Test
        void isBookedOnceWhereItIsReadTwice() {
            expire(40, 60);
            metering.flushAll();
            forgetTheCursor();

            metering.flushAll();

            assertThat(got(books.of(account)).expiredMicros()).isEqualTo(40 * CREDIT);
        }

        @Test
        void withTheEndOfAHoldIsALineBehindTheCall() {
            String hold = HoldId.bornAt(System.currentTimeMillis()).toString();
            writer.write(new Written(
                    UsageEvent.Kind.SETTLED,
                    hold,
                    account,
                    10 * CREDIT,
                    0,
                    bought + ":" + 10 * CREDIT,
                    bought + ":" + 5 * CREDIT,
                    85 * CREDIT,
                    0));
            metering.flushAll();

            List<Line> lines = statement(2);
            assertThat(lines).extracting(Line::kind).containsExactly(Kind.EXPIRY, Kind.USAGE);
            assertThat(lines).extracting(Line::cause).containsExactly(hold, hold);
            assertThat(lines).extracting(Line::balanceMicros).containsExactly(85 * CREDIT, 90 * CREDIT);
        }
    }

    @Nested
    class Clawback {

        @Test
        void makesTheMoneyForUnusedCreditARefundAndTheRestADebt() {
            got(metering.call(account, 40 * CREDIT, 40 * CREDIT));
            ClawbackResult.Taken taken = take(100);
            writer.write(new Written(
                    UsageEvent.Kind.CLAWED_BACK,
                    taken.command().id(),
                    account,
                    100 * CREDIT,
                    40 * CREDIT,
                    bought + ":" + 60 * CREDIT,
                    "",
                    -40 * CREDIT,
                    taken.command().number()));
            metering.flushAll();

            assertThat(got(books.of(account)).clawedBackMicros()).isEqualTo(100 * CREDIT);
            assertThat(snapshot().debtMicros()).isEqualTo(40 * CREDIT);
            assertThat(earned()).isEqualTo(360);
            assertThat(moved("refunds:usd")).isEqualTo(-540);
            assertThat(statement(1)).singleElement().satisfies(line -> {
                assertThat(line.kind()).isEqualTo(Kind.CLAWBACK);
                assertThat(line.cause()).isEqualTo("refund of " + account);
                assertThat(line.amountMicros()).isEqualTo(-100 * CREDIT);
            });
        }
    }

    @Nested
    class Allowancing {

        private static final Instant FEBRUARY = Instant.parse("2099-02-01T00:00:00Z");
        private static final Instant MARCH = Instant.parse("2099-03-01T00:00:00Z");

        @Test
        void letsTheOldOneEndAndTheRolloverLiveAsLongAsTheNew() {
            ReplaceResult.Replaced january = replace("january", 10, 0, FEBRUARY);
            applied(january, "", "", 110);
            ReplaceResult.Replaced february = replace("february", 10, 3, MARCH);
            applied(february, "," + january.grant() + ":" + 3 * CREDIT, january.grant() + ":" + 7 * CREDIT, 113);
            metering.flushAll();

            assertThat(snapshot().lots())
                    .containsExactly(
                            new Lot(january.grant(), Credits.of(3), Allowance.DEFAULT_PRIORITY, MARCH.toEpochMilli()),
                            new Lot(february.grant(), Credits.of(10), Allowance.DEFAULT_PRIORITY, MARCH.toEpochMilli()),
                            new Lot(bought, Credits.of(100), 100, Lot.NEVER));
            assertThat(statement(2)).extracting(Line::kind).containsOnly(Kind.ALLOWANCE);
            assertThat(statement(2)).extracting(Line::amountMicros).containsExactly(3 * CREDIT, 10 * CREDIT);
            assertThat(statement(1)).extracting(Line::origin).containsExactly("ALLOWANCE");
        }

        @Test
        void endsBeforeItsTimeAndSaysWhatFor() {
            ReplaceResult.Replaced january = replace("january", 10, 0, FEBRUARY);
            applied(january, "", "", 110);
            EndResult.Ended ended =
                    (EndResult.Ended) got(metering.bean(Allowances.class).end(account, "plan of " + account + " lost"));
            long before = ledger("breakage", "credits");
            writer.write(new Written(
                    UsageEvent.Kind.ALLOWANCES_ENDED,
                    ended.command().id(),
                    account,
                    0,
                    0,
                    "",
                    january.grant() + ":" + 10 * CREDIT,
                    100 * CREDIT,
                    ended.command().number()));
            metering.flushAll();

            assertThat(snapshot().lots()).containsExactly(new Lot(bought, Credits.of(100), 100, Lot.NEVER));
            assertThat(ledger("breakage", "credits") - before).isEqualTo(10 * CREDIT);
            assertThat(statement(1)).singleElement().satisfies(line -> {
                assertThat(line.kind()).isEqualTo(Kind.ALLOWANCE_END);
                assertThat(line.cause()).isEqualTo("plan of " + account + " lost");
                assertThat(line.amountMicros()).isEqualTo(-10 * CREDIT);
            });
        }

        @Test
        void showsWhatIsLeftLotByLot() {
            ReplaceResult.Replaced january = replace("january", 10, 0, FEBRUARY);
            applied(january, "", "", 110);
            metering.flushAll();

            assertThat(got(metering.bean(GrantHistory.class)
                            .standing(account, 10)
                            .collectList()))
                    .satisfiesExactly(
                            allowance -> {
                                assertThat(allowance.number()).isEqualTo(january.grant());
                                assertThat(allowance.expiresAt()).isEqualTo(FEBRUARY);
                                assertThat(allowance.basisLeft()).isNull();
                            },
                            lot -> {
                                assertThat(lot.number()).isEqualTo(bought);
                                assertThat(lot.basisLeft()).isEqualTo(new Money(900, "usd"));
                            });
        }

        private ReplaceResult.Replaced replace(String cause, long credits, long rollover, Instant end) {
            return (ReplaceResult.Replaced) got(metering.bean(Allowances.class)
                    .replace(new Allowance(
                            account,
                            account + cause,
                            Credits.of(credits),
                            Credits.of(rollover),
                            Allowance.DEFAULT_PRIORITY,
                            end)));
        }

        private void applied(ReplaceResult.Replaced allowance, String rolled, String expired, long postedCredits) {
            writer.write(new Written(
                    UsageEvent.Kind.ALLOWANCE_REPLACED,
                    allowance.command().id(),
                    account,
                    0,
                    0,
                    allowance.grant() + ":" + 10 * CREDIT + rolled,
                    expired,
                    postedCredits * CREDIT,
                    allowance.command().number()));
        }
    }

    @Nested
    class States {

        @Test
        void aClosedAccountStaysClosed() {
            enter(AccountState.CLOSED, UsageEvent.Kind.CLOSED);
            metering.flushAll();

            assertThat(snapshot().state()).isEqualTo(AccountState.CLOSED);
            assertThat(got(metering.bean(StateChanges.class).enter(account, AccountState.ACTIVE, "thaw " + account)))
                    .isEqualTo(new ChangeResult.Closed(account));
            assertThat(statement(1)).extracting(Line::kind).containsExactly(Kind.CLOSE);
        }

        @Test
        void anotherStateForTheSameCauseIsAConflict() {
            StateChanges changes = metering.bean(StateChanges.class);
            got(changes.enter(account, AccountState.FROZEN, "cause " + account));

            assertThat(got(changes.enter(account, AccountState.ACTIVE, "cause " + account)))
                    .isEqualTo(new ChangeResult.Conflict("command", "Freeze"));
        }

        private void enter(AccountState state, UsageEvent.Kind kind) {
            ChangeResult.Issued issued = (ChangeResult.Issued)
                    got(metering.bean(StateChanges.class).enter(account, state, state + " " + account));
            writer.write(new Written(
                    kind,
                    issued.command().id(),
                    account,
                    0,
                    0,
                    "",
                    "",
                    100 * CREDIT,
                    issued.command().number()));
        }
    }

    @Nested
    class Drifting {

        @Test
        void raisesOneIncidentAndIsBookedAllTheSame() {
            writer.write(call(1, 98));
            writer.write(call(1, 97));
            metering.flushAll();
            writer.write(call(1, 96));
            metering.flushAll();

            assertThat(snapshot().balance().postedMicros()).isEqualTo(97 * CREDIT);
            assertThat(metering.book()
                            .number("SELECT count(*) FROM incident WHERE kind = 'DRIFT' AND subject = '" + account
                                    + "'"))
                    .isEqualTo(1);
        }

        @Test
        void raisesAnotherOneOnceTheFirstIsClosed() {
            writer.write(call(1, 98));
            metering.flushAll();
            metering.book()
                    .owner()
                    .sql("UPDATE incident SET closed_at = now()")
                    .then()
                    .block();

            writer.write(call(1, 97));
            metering.flushAll();

            assertThat(metering.book()
                            .number("SELECT count(*) FROM incident WHERE kind = 'DRIFT' AND subject = '" + account
                                    + "' AND closed_at IS NULL"))
                    .isEqualTo(1);
        }

        private Written call(long credits, long postedCredits) {
            return new Written(
                    UsageEvent.Kind.SETTLED,
                    HoldId.bornAt(System.currentTimeMillis()).toString(),
                    account,
                    credits * CREDIT,
                    0,
                    bought + ":" + credits * CREDIT,
                    "",
                    postedCredits * CREDIT,
                    0);
        }
    }

    @Nested
    class Paging {

        @Test
        void showsEveryLineOnceWhateverThePage() {
            for (int i = 0; i < 7; i++) {
                got(metering.call(account, CREDIT, CREDIT));
            }
            String hold = HoldId.bornAt(System.currentTimeMillis()).toString();
            writer.write(new Written(
                    UsageEvent.Kind.SETTLED,
                    hold,
                    account,
                    CREDIT,
                    0,
                    bought + ":" + CREDIT,
                    bought + ":" + CREDIT,
                    91 * CREDIT,
                    0));
            metering.flushAll();

            List<Line> all = statement(100);
            assertThat(all).hasSize(10);
            for (int limit = 1; limit <= 4; limit++) {
                assertThat(paged(limit)).isEqualTo(all);
            }
        }

        private List<Line> paged(int limit) {
            List<Line> lines = new ArrayList<>();
            StatementPlace place = null;
            List<Line> page;
            do {
                page = statement(place, limit);
                lines.addAll(page);
                place = page.isEmpty() ? null : page.getLast().place();
            } while (!page.isEmpty());
            return lines;
        }
    }

    private void expire(long credits, long postedCredits) {
        writer.write(new Written(
                UsageEvent.Kind.LOTS_EXPIRED,
                account + ":1-1",
                account,
                0,
                0,
                "",
                bought + ":" + credits * CREDIT,
                postedCredits * CREDIT,
                0));
    }

    private ClawbackResult.Taken take(long credits) {
        return (ClawbackResult.Taken)
                got(metering.bean(Clawbacks.class).take(account, "refund of " + account, bought, Credits.of(credits)));
    }

    private List<Line> statement(int limit) {
        return statement(null, limit);
    }

    private List<Line> statement(@Nullable StatementPlace before, int limit) {
        return got(metering.bean(Statements.class).of(account, before, limit).collectList());
    }

    private AccountSnapshot snapshot() {
        return got(metering.booked().snapshot(account));
    }

    private void forgetTheCursor() {
        metering.book()
                .owner()
                .sql("UPDATE flush_cursor SET booked_number = 0, marked_number = 0")
                .then()
                .block();
    }

    /** Of this account's purchase. */
    private long earned() {
        return -moved("revenue:usd");
    }

    private long moved(String name) {
        return metering.book()
                .number("SELECT CAST(coalesce(sum(e.amount), 0) AS bigint) FROM ledger_entry e"
                        + " JOIN ledger_transaction t ON t.id = e.ledger_transaction WHERE t.account = '" + account
                        + "' AND e.ledger_account = '" + name + "' AND e.unit = 'usd'");
    }

    private long ledger(String name, String unit) {
        return metering.book()
                .number("SELECT CAST(coalesce(sum(amount), 0) AS bigint) FROM ledger_entry WHERE ledger_account = '"
                        + name + "' AND unit = '" + unit + "'");
    }
}
