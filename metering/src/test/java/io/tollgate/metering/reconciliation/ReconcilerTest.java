package io.tollgate.metering.reconciliation;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScriptOutputType;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Grant;
import io.tollgate.metering.grant.Grants;
import io.tollgate.metering.grant.Grants.GrantResult.Given;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.live.RawRedis;
import io.tollgate.metering.reconciliation.Drift.Kind;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.usage.EventPosition;
import io.tollgate.metering.wiring.Metering;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReconcilerTest {

    private final Metering metering = Metering.start(
            "tollgate.metering.reconciliation.nightly-at=off",
            "tollgate.metering.reconciliation.interval=1h",
            "tollgate.metering.reconciliation.run-interval=1h",
            "tollgate.metering.reconciliation.pause=20ms");
    private final Reconciler reconciler = metering.bean(Reconciler.class);

    private final RawRedis redis = new RawRedis(metering.redisUri());

    @AfterAll
    void close() {
        redis.close();
        metering.close();
    }

    @Nested
    class AccountsThatAgree {
        @Test
        void areFoundEqual() {
            AccountId account = used();

            assertThat(look(account)).isEqualTo(new Findings(1, 0, List.of()));
        }

        @Test
        void areFoundEqualWithWhatIsNotBookedYet() {
            AccountId account = used();
            got(metering.call(account, 500, 400));

            assertThat(look(account)).isEqualTo(new Findings(1, 0, List.of()));
        }

        @Test
        void areFoundEqualInDebt() {
            AccountId account = used();
            got(metering.call(account, 1_000, 7_000_000));

            assertThat(look(account)).isEqualTo(new Findings(1, 0, List.of()));
        }

        @Test
        void areFoundEqualWithHoldsOpen() {
            AccountId account = used();
            got(metering.hold(account, 123));
            got(metering.hold(account, 456));

            assertThat(look(account)).isEqualTo(new Findings(1, 0, List.of()));
        }

        @Test
        void areFoundEqualWhileHoldsKeepWhatExpired() {
            AccountId account = used();
            got(metering.bean(Grants.class)
                    .give(new Grant(
                            account,
                            Credits.ofMicros(1_000),
                            Grant.Cause.OPERATOR,
                            account + ":brief",
                            null,
                            1,
                            Instant.now().plusSeconds(3)))
                    .cast(Given.class)
                    .flatMap(given ->
                            metering.bean(Courier.class).push(given.command()).thenReturn(given)));
            got(metering.hold(account, 600));
            AccountSnapshot expired = got(metering.live()
                    .read(account)
                    .filter(position -> !position.kept().isEmpty())
                    .repeatWhenEmpty(500, times -> times.delayElements(Duration.ofMillis(20))));

            assertThat(expired.balance().postedMicros()).isEqualTo(4_999_300 + 600);
            assertThat(look(account)).isEqualTo(new Findings(1, 0, List.of()));
        }

        @Test
        void areFoundEqualWhereTheLiveStoreDoesNotHaveThem() {
            AccountId account = metering.open();
            metering.giveOnly(account, Credits.of(1), null);

            assertThat(look(account)).isEqualTo(new Findings(1, 0, List.of()));
        }
    }

    @Nested
    class DriftInTheLiveStore {
        @Test
        void aChangedLotIsFound() {
            AccountId account = used();

            changeLive(
                    account, "local l = { cmsgpack.unpack(v[13]) } l[2] = l[2] - 5 v[13] = cmsgpack.pack(unpack(l))");

            assertThat(kinds(look(account))).containsExactlyInAnyOrder(Kind.LOTS, Kind.LIVE_SUM);
        }

        @Test
        void aChangedPostedIsFound() {
            AccountId account = used();

            changeLive(account, "v[4] = v[4] + 1");

            assertThat(look(account).drifts())
                    .containsExactlyInAnyOrder(
                            new Drift(account, Kind.POSTED, "4999301", "4999300"),
                            new Drift(account, Kind.LIVE_SUM, "4999301", "4999300"));
        }

        @Test
        void aChangedHeldIsFound() {
            AccountId account = used();
            got(metering.hold(account, 300));

            changeLive(account, "v[5] = v[5] + 7");

            assertThat(look(account).drifts()).containsExactly(new Drift(account, Kind.HELD, "307", "300"));
        }

        @Test
        void aLostHoldIsFound() {
            AccountId account = used();
            HoldId hold = got(metering.hold(account, 300));

            redis.redis().del(prefix(account) + "hold:" + account + ":" + hold);

            assertThat(look(account).drifts())
                    .containsExactly(
                            new Drift(account, Kind.HELD, "300", "0"), new Drift(account, Kind.OPEN_HOLDS, "1", "0"));
        }

        @Test
        void aChangedDebtIsFound() {
            AccountId account = used();
            got(metering.call(account, 1_000, 7_000_000));

            changeLive(account, "v[6] = v[6] - 1");

            assertThat(kinds(look(account))).containsExactlyInAnyOrder(Kind.DEBT, Kind.LIVE_SUM);
        }

        @Test
        void aChangedStateIsFound() {
            AccountId account = used();

            changeLive(account, "v[3] = 'CLOSED'");

            assertThat(look(account).drifts()).containsExactly(new Drift(account, Kind.STATE, "CLOSED", "ACTIVE"));
        }

        @Test
        void anEventThatWasLostOnItsWayIsFound() {
            AccountId account = used();
            got(metering.call(account, 500, 400));
            String stream = prefix(account) + "usage";
            String lost = redis.redis()
                    .xrevrange(stream, Range.unbounded(), Limit.from(1))
                    .getFirst()
                    .getId();
            got(metering.call(account, 500, 30));
            redis.redis().xdel(stream, lost);

            assertThat(look(account).drifts())
                    .contains(new Drift(account, Kind.POSTED, "4998870", "4999270"))
                    .extracting(Drift::kind)
                    .containsExactlyInAnyOrder(Kind.POSTED, Kind.LOTS);
        }

        /** With {@code v} the values of the account as account.lua lists them. */
        private void changeLive(AccountId account, String change) {
            String script = "local v = { cmsgpack.unpack(redis.call('GET', KEYS[1])) } " + change
                    + " redis.call('SET', KEYS[1], cmsgpack.pack(unpack(v))) return #v";
            String[] keys = {prefix(account) + "account:" + account};
            assertThat(redis.redis().<Long>eval(script, ScriptOutputType.INTEGER, keys))
                    .isEqualTo(14);
        }

        private String prefix(AccountId account) {
            return "{tg:" + metering.partitions().of(account).number() + "}:";
        }
    }

    @Nested
    class DriftInTheBook {
        @Test
        void aChangedBalanceIsFound() {
            AccountId account = used();

            change("UPDATE account_balance SET posted_micros = posted_micros + 5 WHERE account = '" + account + "'");

            assertThat(kinds(look(account)))
                    .containsExactlyInAnyOrder(Kind.BOOK_SUM, Kind.POSTED, Kind.LEDGER, Kind.EVENTS);
        }

        @Test
        void aChangedLotIsFound() {
            AccountId account = used();

            change("UPDATE lot SET remaining_micros = remaining_micros - 5 WHERE account = '" + account + "'");

            assertThat(kinds(look(account))).containsExactlyInAnyOrder(Kind.BOOK_SUM, Kind.LOTS);
        }

        @Test
        void aChangedStateIsFound() {
            AccountId account = used();

            change("UPDATE account_balance SET state = 'FROZEN' WHERE account = '" + account + "'");

            assertThat(look(account).drifts()).containsExactly(new Drift(account, Kind.STATE, "ACTIVE", "FROZEN"));
        }

        @Test
        void aCommandThatTheLiveStoreDoesNotHaveIsFound() {
            AccountId account = used();

            change("UPDATE account_balance SET applied = 2, applied_id = 'x' WHERE account = '" + account + "'");

            assertThat(kinds(look(account))).containsExactly(Kind.LAST_COMMAND);
        }

        @Test
        void aMissingEventIsFound() {
            AccountId account = used();

            change("DELETE FROM usage_event WHERE account = '" + account + "'");

            assertThat(look(account).drifts())
                    .containsExactly(new Drift(account, Kind.USAGE, "0 events, 0", "1 events, 700"));
        }

        @Test
        void aMissingRollupIsFound() {
            AccountId account = used();

            change("DELETE FROM usage_rollup WHERE account = '" + account + "'");

            assertThat(kinds(look(account))).containsExactlyInAnyOrder(Kind.EVENTS, Kind.USAGE);
        }

        @Test
        void isNotCheckedAgainstTheLiveStoreInQuarantine() {
            AccountId account = used();

            change("UPDATE account_balance SET state = 'FROZEN', quarantined = true WHERE account = '" + account + "'");

            assertThat(look(account)).isEqualTo(new Findings(1, 0, List.of()));
        }
    }

    @Nested
    class AccountsThatMove {
        @Test
        void areNeverFoundDrifted() {
            List<AccountId> accounts =
                    IntStream.range(0, 8).mapToObj(i -> used()).toList();
            Mono<Void> load = Flux.range(0, 3_000)
                    .flatMap(i -> metering.call(accounts.get(i % 8), 1_000, 700), 16)
                    .then();
            Mono<Void> flushes =
                    Mono.defer(() -> metering.flusher().sweep()).repeat(400).then();

            List<Findings> all = Flux.range(0, 40)
                    .concatMap(i -> reconciler.look(accounts, Depth.EVENTS))
                    .collectList()
                    .zipWith(Mono.when(load, flushes).thenReturn(1), (findings, done) -> findings)
                    .block();

            assertThat(all).hasSize(40).allSatisfy(findings -> {
                assertThat(findings.drifts()).isEmpty();
                assertThat(findings.checked()).isEqualTo(8);
            });
            assertThat(got(reconciler.look(accounts, Depth.EVENTS))).isEqualTo(new Findings(8, 0, List.of()));
        }

        @Test
        void areCountedAsMovingWhereTheyNeverStandStill() {
            AccountId account = used();
            AtomicLong events = new AtomicLong(1);
            LiveView live = metering.bean(LiveView.class);
            LiveView restless =
                    id -> live.of(id).map(figures -> after(figures, new EventPosition(0, events.getAndIncrement())));

            assertThat(got(reconciler(restless).look(List.of(account), Depth.POSITIONS)))
                    .isEqualTo(new Findings(1, 1, List.of()));
        }

        @Test
        void areCountedAsMovingWhereTheBookDoesNotCatchUp() {
            AccountId account = used();
            LiveView live = metering.bean(LiveView.class);
            LiveView ahead = id -> live.of(id).map(figures -> after(figures, new EventPosition(1_000, 1)));

            assertThat(got(reconciler(ahead).look(List.of(account), Depth.POSITIONS)))
                    .isEqualTo(new Findings(1, 1, List.of()));
        }

        private Reconciler reconciler(LiveView live) {
            return new Reconciler(
                    live,
                    metering.bean(BookView.class),
                    metering.flusher(),
                    metering.partitions(),
                    new Reconciler.Bounds(3, Duration.ofMillis(5), 4));
        }
    }

    @Nested
    class TheContinuousLook {
        @Test
        void keepsWhatItFindsAndRaisesOneIncidentForEachKind() {
            AccountId account = used();
            change("UPDATE account_balance SET state = 'FROZEN' WHERE account = '" + account + "'");
            RecentReconciliation recent = metering.bean(RecentReconciliation.class);

            recent.turn().block();
            got(metering.call(account, 10, 10));
            metering.flushAll();
            recent.turn().block();

            assertThat(metering.book().number("SELECT count(*) FROM drift WHERE account = '" + account + "'"))
                    .isOne();
            assertThat(metering.book().number("SELECT count(*) FROM incident WHERE subject = '" + account + " STATE'"))
                    .isOne();
        }
    }

    @Nested
    class FoundAgain {
        @Test
        void afterItsIncidentWasClosedItRaisesAnother() {
            AccountId account = used();
            change("UPDATE account_balance SET state = 'FROZEN' WHERE account = '" + account + "'");
            RecentReconciliation recent = metering.bean(RecentReconciliation.class);
            recent.turn().block();
            change("UPDATE incident SET closed_at = now() WHERE subject = '" + account + " STATE'");

            got(metering.call(account, 10, 10));
            metering.flushAll();
            recent.turn().block();

            assertThat(metering.book()
                            .number("SELECT count(*) FROM incident WHERE subject = '" + account
                                    + " STATE' AND closed_at IS NULL"))
                    .isOne();
        }
    }

    /** With a lot that was paid for and a call, all booked. */
    private AccountId used() {
        AccountId account = metering.open();
        metering.give(account, Credits.of(5), new Money(450, "usd"));
        got(metering.call(account, 1_000, 700));
        metering.flushAll();
        return account;
    }

    private Findings look(AccountId account) {
        return got(reconciler.look(List.of(account), Depth.EVENTS));
    }

    private static LiveFigures after(LiveFigures figures, EventPosition last) {
        return new LiveFigures(
                figures.state(),
                figures.postedMicros(),
                figures.debtMicros(),
                figures.lots(),
                figures.holds(),
                figures.counted(),
                last,
                figures.lastCommand(),
                figures.lastCommandId());
    }

    private static List<Kind> kinds(Findings findings) {
        return findings.drifts().stream().map(Drift::kind).toList();
    }

    private void change(String sql) {
        got(metering.book().owner().sql(sql).fetch().rowsUpdated());
    }
}
