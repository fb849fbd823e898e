package io.tollgate.metering.wiring;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.account.BookedUpTo;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.kept.SettleKeeper;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.usage.EventPosition;
import io.tollgate.metering.usage.Quarantine;
import io.tollgate.metering.usage.Quarantine.Decision;
import io.tollgate.metering.usage.Quarantine.Entry;
import io.tollgate.metering.usage.Quarantine.Place;
import io.tollgate.metering.usage.Quarantine.Resolution;
import io.tollgate.metering.usage.QuarantineDesk;
import io.tollgate.metering.usage.UsageEvent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuarantineTest {

    private static final long GIVEN = 100_000_000;
    private static final long POISON = 777;
    private static final long CHARGE = 1_000;

    private final Metering metering =
            Metering.start("tollgate.metering.courier.age=0s", "tollgate.metering.kept.interval=1h");
    private final QuarantineDesk desk = metering.bean(QuarantineDesk.class);
    private final Quarantine quarantine = metering.bean(Quarantine.class);
    private final AccountId account = metering.open();

    @BeforeEach
    void setAsideOneEventAndWhatFollowsIt() {
        metering.give(account, Credits.ofMicros(GIVEN), new Money(900, "usd"));
        flush();
        asOwner("ALTER TABLE usage_event ADD CONSTRAINT poison CHECK (charged_micros <> " + POISON + ")");
        got(metering.call(account, CHARGE, POISON));
        got(metering.call(account, CHARGE, CHARGE));
        flush();
        metering.bean(Courier.class).deliverWaiting().block();
        flush();
    }

    @AfterEach
    void close() {
        metering.close();
    }

    @Test
    void showsWhatWaitsPageByPage() {
        List<Entry> first = entries(null, 2);
        List<Entry> rest = entries(first.getLast().place(), 2);

        assertThat(first)
                .hasSize(2)
                .allSatisfy(entry -> assertThat(entry.account()).isEqualTo(account.value()));
        assertThat(first.getFirst().event())
                .satisfies(event -> assertThat(event.charged()).isEqualTo(Credits.ofMicros(POISON)));
        assertThat(rest)
                .singleElement()
                .satisfies(entry -> assertThat(entry.event())
                        .satisfies(event -> assertThat(event.kind().name()).isEqualTo("FROZEN")));
        assertThat(got(quarantine.count())).isEqualTo(new Quarantine.Waiting(3, 1));
    }

    @Test
    void theCourierLeavesItAloneOnceItIsFrozen() {
        metering.giveOnly(account, Credits.ofMicros(5), null);

        assertThat(metering.bean(Commands.class)
                        .accountsWaiting(Duration.ZERO, 10)
                        .collectList()
                        .block())
                .isEmpty();
        assertThat(got(metering.live().read(account)).state()).isEqualTo(AccountState.FROZEN);
    }

    @Test
    void itsSettlesAreNotSentAgain() {
        metering.bean(SettleKeeper.class).look().block();

        assertThat(metering.bean(MeterRegistry.class)
                        .get("tollgate.kept.resent")
                        .counter()
                        .count())
                .isZero();
        assertThat(metering.bean(MeterRegistry.class)
                        .get("tollgate.kept.booked")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void whatAnOperatorIsToDecideAboutIsNotChargedLate() {
        UsageEvent waiting = requireNonNull(entries(null, 1).getFirst().event());

        assertThat(metering.bean(Commands.class)
                        .issue(
                                account,
                                waiting.id(),
                                new Command.LateCharge(
                                        waiting.id(), Credits.ofMicros(POISON), Metering.DETAIL.encode()))
                        .block())
                .isNull();
    }

    @Test
    void bookedAfterAllEachCallIsChargedOnce() {
        asOwner("ALTER TABLE usage_event DROP CONSTRAINT poison");

        assertThat(got(desk.resolve(account, Decision.BOOK, "the constraint was wrong")))
                .isEqualTo(new Resolution.Resolved(3));

        assertUsableAfterThaw(GIVEN - POISON - CHARGE);
        assertThat(calls()).isEqualTo(3);
    }

    @Test
    void discardedTheCallsAreFreeAndWhatCommandsDidIsDoneAgain() {
        metering.give(account, Credits.ofMicros(5), null);
        flush();

        assertThat(got(desk.resolve(account, Decision.DISCARD, "a gift"))).isEqualTo(new Resolution.Resolved(4));

        assertUsableAfterThaw(GIVEN + 5);
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void whatCannotBeBookedEitherWayChangesNothing() {
        Place poisoned = entries(null, 1).getFirst().place();

        assertThat(got(desk.resolve(account, Decision.BOOK, "let us try")))
                .isInstanceOfSatisfying(
                        Resolution.Unbookable.class,
                        refused -> assertThat(refused.place()).isEqualTo(poisoned));

        assertThat(entries(null, 10)).hasSize(3);
        assertThat(metering.book().number("SELECT count(*) FROM account_balance WHERE quarantined"))
                .isEqualTo(1);
        assertThat(got(metering.booked().snapshot(account)).balance().postedMicros())
                .isEqualTo(GIVEN);
    }

    @Test
    void whatWasDiscardedStaysSoWhenARecoveryReadsItAgain() {
        assertThat(got(desk.resolve(account, Decision.DISCARD, "a gift"))).isEqualTo(new Resolution.Resolved(3));
        try (LostRedis lost = new LostRedis(metering.redisUri())) {
            lost.key("{tg:" + metering.partitions().of(account).number() + "}:head");
        }

        assertUsableAfterThaw(GIVEN);

        assertThat(calls()).isEqualTo(1);
        assertThat(metering.book().number("SELECT count(*) FROM account_balance WHERE quarantined"))
                .isZero();
    }

    @Test
    void aDecisionIsMadeOnce() {
        got(desk.resolve(account, Decision.DISCARD, "a gift"));

        assertThat(got(desk.resolve(account, Decision.BOOK, "no, after all"))).isEqualTo(new Resolution.NothingThere());
        assertThat(metering.book().number("SELECT count(*) FROM incident WHERE closed_at IS NULL"))
                .isZero();
    }

    @Test
    void aGatewayThatDiedBetweenBookAndLiveStoreIsMadeUpFor() {
        got(quarantine.resolve(account, Decision.DISCARD, "a gift"));
        assertThat(got(metering.live().read(account)).balance().postedMicros()).isLessThan(GIVEN);

        desk.removeResolved().block();

        assertUsableAfterThaw(GIVEN);
        assertThat(quarantine.toRemove(10).collectList().block()).isEmpty();
    }

    @Test
    void anEntryOfNoAccountCanOnlyBeDiscarded() {
        Place place = new Place(new Partition(3), new EventPosition(1, 999));
        asOwner("INSERT INTO quarantine (partition, epoch, number, account, reason, fields)"
                + " VALUES (3, 1, 999, '', 'no event', 'e=x')");

        Place ofTheAccount = entries(null, 10).stream()
                .filter(entry -> !entry.account().isEmpty())
                .findFirst()
                .orElseThrow()
                .place();
        assertThat(got(quarantine.discard(ofTheAccount, "noise"))).isEqualTo(new Resolution.NothingThere());
        assertThat(got(quarantine.discard(place, "noise"))).isEqualTo(new Resolution.Resolved(1));
        assertThat(got(quarantine.discard(place, "noise"))).isEqualTo(new Resolution.NothingThere());
        assertThat(got(quarantine.count()).entries()).isEqualTo(3);
    }

    private void assertUsableAfterThaw(long postedMicros) {
        assertThat(got(metering.booked().snapshot(account)).state()).isEqualTo(AccountState.FROZEN);
        IssuedCommand thaw = got(metering.bean(Commands.class).issue(account, "thaw:" + account, new Command.Thaw()));
        metering.bean(Courier.class).push(thaw).block();
        flush();

        assertThat(got(metering.live().read(account)).balance().postedMicros()).isEqualTo(postedMicros);
        got(metering.call(account, CHARGE, CHARGE));
        flush();
        AccountSnapshot live = got(metering.live().read(account));
        assertThat(live.balance().postedMicros()).isEqualTo(postedMicros - CHARGE);
        assertThat(got(metering.booked().snapshot(account)).at(BookedUpTo.NOTHING))
                .isEqualTo(live);
        assertThat(metering.book()
                        .number("SELECT CAST(sum(amount) AS bigint) FROM ledger_entry WHERE ledger_account = 'customer:"
                                + account + "'"))
                .isEqualTo(live.balance().postedMicros());
        assertThat(
                        metering.book()
                                .number(
                                        "SELECT count(*) FROM (SELECT unit FROM ledger_entry GROUP BY unit HAVING sum(amount) <> 0) t"))
                .isZero();
        assertThat(got(quarantine.count()).entries()).isZero();
    }

    private List<Entry> entries(@Nullable Place after, int limit) {
        return got(quarantine.waiting(after, limit).collectList());
    }

    private long calls() {
        return metering.book()
                .number("SELECT count(*) FROM usage_event WHERE kind = 'SETTLED' AND account = '" + account + "'");
    }

    private void flush() {
        metering.flusher().flush(metering.partitions().of(account)).block();
    }

    private void asOwner(String sql) {
        metering.book().owner().sql(sql).then().block();
    }
}
