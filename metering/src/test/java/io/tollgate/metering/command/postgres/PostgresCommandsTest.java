package io.tollgate.metering.command.postgres;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.postgres.TestAccounts;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.postgres.BookOfRecord;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresCommandsTest {

    private final BookOfRecord book = BookOfRecord.fresh();
    private final PostgresCommands commands = new PostgresCommands(book.client(), book.sqlTransaction());
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
    class Issuing {

        @Test
        void numbersWithoutGapsUnderContention() {
            List<IssuedCommand> issued = got(Flux.range(0, 50)
                    .flatMap(i -> commands.issue(account, account + ":" + i, new Command.Freeze()), 50)
                    .collectList());

            assertThat(issued)
                    .extracting(IssuedCommand::number)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, 50).boxed().toList());
        }

        @Test
        void answersTheFirstCommandToTheSameId() {
            IssuedCommand first = got(commands.issue(account, account + ":once", new Command.Freeze()));

            IssuedCommand again = got(commands.issue(account, account + ":once", new Command.Freeze()));

            assertThat(again).isEqualTo(first);
            assertThat(got(commands.issue(account, account + ":next", new Command.Thaw()))
                            .number())
                    .isEqualTo(2);
        }

        @Test
        void leavesNoGapWhereItsCauseIsRolledBack() {
            Mono<IssuedCommand> undone = commands.issue(account, account + ":undone", new Command.Freeze())
                    .then(Mono.<IssuedCommand>error(new IllegalStateException("the cause failed")))
                    .as(book.sqlTransaction()::transactional);
            assertThatThrownBy(undone::block).hasMessage("the cause failed");

            assertThat(got(commands.issue(account, account + ":done", new Command.Freeze()))
                            .number())
                    .isEqualTo(1);
        }

        @Test
        void refusesAnUnknownAccount() {
            Mono<IssuedCommand> issued = commands.issue(new AccountId("nobody"), "x", new Command.Freeze());

            assertThatThrownBy(issued::block).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class Waiting {

        @Test
        void commandsComeBackInOrderAsTheyWereIssued() {
            Command grant = new Command.Grant(7, Credits.MAX, -3, 1_800_000_000_000L);
            Command charge = new Command.LateCharge(
                    "0197f0e5-7c00-7000-8000-000000000001", Credits.ofMicros(5), "1|\"a\\b\u00e9|");
            got(commands.issue(account, account + ":g", grant));
            got(commands.issue(account, account + ":c", charge));
            got(commands.issue(account, account + ":t", new Command.Thaw()));

            assertThat(got(commands.unapplied(account, 2)
                            .map(IssuedCommand::command)
                            .collectList()))
                    .containsExactly(grant, charge);
        }

        @Test
        void accountsInQuarantineWaitForAnOperator() {
            AccountId stuck = account;
            got(commands.issue(stuck, stuck + ":old", new Command.Freeze()));
            book.owner()
                    .sql("UPDATE account_balance SET quarantined = true WHERE account = '" + stuck + "'")
                    .then()
                    .block();
            AccountId sound = TestAccounts.open(book);
            got(commands.issue(sound, sound + ":new", new Command.Freeze()));

            List<AccountId> waiting =
                    got(commands.accountsWaiting(Duration.ZERO, 100).collectList());

            assertThat(waiting).contains(sound).doesNotContain(stuck);
        }

        @Test
        void thatTheyAreInQuarantineIsStillToldLast() {
            AccountId stuck = account;
            got(commands.issue(stuck, "quarantine:0-1-1 " + stuck, new Command.Freeze()));
            book.owner()
                    .sql("UPDATE account_balance SET quarantined = true WHERE account = '" + stuck + "'")
                    .then()
                    .block();
            AccountId sound = TestAccounts.open(book);
            got(commands.issue(sound, sound + ":new", new Command.Freeze()));

            assertThat(got(commands.accountsWaiting(Duration.ZERO, 100).collectList()))
                    .contains(sound)
                    .last()
                    .isEqualTo(stuck);
        }

        @Test
        void accountsAreNamedOnceTheirCommandIsOldEnough() {
            got(commands.issue(account, account + ":a", new Command.Freeze()));
            got(commands.issue(account, account + ":b", new Command.Thaw()));

            assertThat(got(commands.accountsWaiting(Duration.ZERO, 100).collectList()))
                    .containsOnlyOnce(account);
            assertThat(got(commands.accountsWaiting(Duration.ofMinutes(5), 100).collectList()))
                    .doesNotContain(account);
        }
    }
}
