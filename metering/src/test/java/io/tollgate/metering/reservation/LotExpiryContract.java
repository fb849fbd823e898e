package io.tollgate.metering.reservation;

import static io.tollgate.metering.credit.Credits.MICROS_MAX;
import static io.tollgate.metering.live.Calls.START;
import static io.tollgate.metering.live.Calls.newHold;
import static io.tollgate.metering.reservation.Ending.Overage.CUT;
import static io.tollgate.metering.reservation.Ending.Overage.DEBT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.account.Balance;
import io.tollgate.metering.account.KeptLot;
import io.tollgate.metering.account.Lot;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.live.Calls;
import io.tollgate.metering.live.LiveStore;
import io.tollgate.metering.usage.LotShare;
import io.tollgate.metering.usage.UsageEvent;
import io.tollgate.metering.usage.UsageEvent.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every live store does when a lot's time has come, with and without holds on it. */
public abstract class LotExpiryContract {

    private static final long EXPIRY = START + 1_000;

    private Calls calls;

    protected abstract LiveStore store();

    @BeforeEach
    void startClock() {
        store().now(START);
        calls = new Calls(store());
    }

    private static LotShare share(long grant, long micros) {
        return new LotShare(grant, Credits.ofMicros(micros));
    }

    private static Credits micros(long micros) {
        return Credits.ofMicros(micros);
    }

    private Balance balance() {
        return calls.position().balance();
    }

    private Calls expiring(long micros) {
        return calls.grant(micros, 100, EXPIRY);
    }

    @Nested
    class Unheld {
        @Test
        void isThereUntilItsTimeAndGoneFromThenOn() {
            expiring(100).credit(50);

            store().now(EXPIRY - 1);
            assertThat(balance()).isEqualTo(new Balance(150, 0));
            store().now(EXPIRY);
            assertThat(balance()).isEqualTo(new Balance(50, 0));
            assertThat(calls.position().lots()).containsExactly(new Lot(2, micros(50), 100, Lot.NEVER));
        }

        @Test
        void isAnEventOfItsOwn() {
            expiring(100).credit(50);
            store().now(EXPIRY + 3);

            calls.position();

            UsageEvent event = calls.lastEvent();
            assertThat(event.kind()).isEqualTo(Kind.LOTS_EXPIRED);
            assertThat(event.id()).startsWith(calls.account + ":");
            assertThat(event.expired()).containsExactly(share(1, 100));
            assertThat(event.lots()).isEmpty();
            assertThat(event.charged()).isEqualTo(Credits.ZERO);
            assertThat(event.postedAfterMicros()).isEqualTo(50);
            assertThat(event.command()).isZero();
            assertThat(event.atMillis()).isEqualTo(EXPIRY + 3);
        }

        @Test
        void isSaidOnceThoughTheCallThatMetItIsRefused() {
            expiring(100);
            store().now(EXPIRY);

            assertThat(calls.hold(newHold(), 1)).isEqualTo(new HoldResult.Refused(new Balance(0, 0)));
            assertThat(calls.hold(newHold(), 1)).isEqualTo(new HoldResult.Refused(new Balance(0, 0)));

            assertThat(calls.events()).extracting(UsageEvent::kind).containsExactly(Kind.GRANTED, Kind.LOTS_EXPIRED);
        }

        @Test
        void takesAllThatAreDueAtOnceAndLeavesTheOthers() {
            calls.grant(1, 50, EXPIRY)
                    .grant(2, 100, EXPIRY - 1)
                    .grant(4, 100, EXPIRY + 1)
                    .credit(8);
            store().now(EXPIRY);

            assertThat(balance().postedMicros()).isEqualTo(12);
            assertThat(calls.lastEvent().expired()).containsExactly(share(1, 1), share(2, 2));

            store().now(EXPIRY + 1);
            assertThat(balance().postedMicros()).isEqualTo(8);
            assertThat(calls.events())
                    .filteredOn(event -> event.kind() == Kind.LOTS_EXPIRED)
                    .extracting(UsageEvent::id)
                    .doesNotHaveDuplicates()
                    .hasSize(2);
        }

        @Test
        void leavesOnlyWhatWasNotSpent() {
            expiring(100);
            calls.settle(calls.held(100), 70, CUT);
            store().now(EXPIRY);

            assertThat(balance()).isEqualTo(new Balance(0, 0));
            assertThat(calls.lastEvent().expired()).containsExactly(share(1, 30));
        }

        @Test
        void meetsALotThatWasSpentWholeWithNothing() {
            expiring(100);
            calls.settle(calls.held(100), 100, CUT);
            store().now(EXPIRY);

            assertThat(balance()).isEqualTo(new Balance(0, 0));
            assertThat(calls.lastEvent().kind()).isEqualTo(Kind.SETTLED);
        }

        @Test
        void isNotUndoneByAClockThatGoesBack() {
            expiring(100);
            store().now(EXPIRY);
            calls.position();

            store().now(START);

            assertThat(balance()).isEqualTo(new Balance(0, 0));
        }

        @Test
        void meetsAGrantThatComesTooLate() {
            calls.grant(100, 100, START - 1);

            assertThat(calls.hold(newHold(), 1)).isEqualTo(new HoldResult.Refused(new Balance(0, 0)));
        }

        @Test
        void comesBeforeACommandThatArrivesWithIt() {
            expiring(100);
            store().now(EXPIRY);

            calls.command(new Command.LateCharge(newHold().toString(), micros(60), Calls.DETAIL.encode()));

            assertThat(balance()).isEqualTo(new Balance(-60, 0));
            assertThat(calls.events())
                    .extracting(UsageEvent::kind)
                    .containsExactly(Kind.GRANTED, Kind.LOTS_EXPIRED, Kind.CHARGED);
        }

        @Test
        void happensOnAFrozenAccountToo() {
            expiring(100).command(new Command.Freeze());
            store().now(EXPIRY);

            assertThat(balance()).isEqualTo(new Balance(0, 0));
        }

        @Test
        void reachesTheGreatestAmount() {
            expiring(MICROS_MAX);
            store().now(EXPIRY);

            assertThat(balance()).isEqualTo(new Balance(0, 0));
            assertThat(calls.lastEvent().expired()).containsExactly(share(1, MICROS_MAX));
        }
    }

    @Nested
    class UnderHolds {
        @Test
        void keepsWhatOverlappingHoldsHoldUntilTheyEnd() {
            expiring(100);
            HoldId first = calls.held(60);
            HoldId second = calls.held(30);
            store().now(EXPIRY);

            assertThat(balance()).isEqualTo(new Balance(90, 90));
            assertThat(calls.lastEvent().expired()).containsExactly(share(1, 10));
            assertThat(calls.position().kept()).containsExactly(new KeptLot(1, micros(90), 1, micros(90)));

            calls.settle(first, 40, CUT);
            assertThat(calls.lastEvent().lots()).containsExactly(share(1, 40));
            assertThat(calls.lastEvent().expired()).containsExactly(share(1, 20));
            assertThat(calls.lastEvent().postedAfterMicros()).isEqualTo(30);

            assertThat(calls.release(second)).isEqualTo(new EndResult.Returned(new Balance(0, 0)));
            assertThat(calls.lastEvent().expired()).containsExactly(share(1, 30));
            assertThat(calls.position().kept()).isEmpty();
        }

        @Test
        void isNoReasonToChargeAHoldLess() {
            expiring(100);
            HoldId id = calls.held(100);
            store().now(EXPIRY);

            assertThat(calls.settle(id, 100, CUT))
                    .isEqualTo(new EndResult.Settled(micros(100), Credits.ZERO, new Balance(0, 0)));
            assertThat(calls.lastEvent().lots()).containsExactly(share(1, 100));
            assertThat(calls.lastEvent().expired()).isEmpty();
            assertThat(calls.lastEvent().debtChangeMicros()).isZero();
        }

        @Test
        void keepsNothingForNewerHolds() {
            expiring(100);
            HoldId older = calls.held(60);
            store().now(EXPIRY);
            calls.credit(50);

            HoldId newer = calls.held(50);
            assertThat(calls.hold(newHold(), 1)).isEqualTo(new HoldResult.Refused(new Balance(110, 110)));
            calls.settle(newer, 50, CUT);

            assertThat(calls.lastEvent().lots()).containsExactly(share(2, 50));
            assertThat(calls.lastEvent().expired()).isEmpty();
            assertThat(calls.settle(older, 60, CUT))
                    .isEqualTo(new EndResult.Settled(micros(60), Credits.ZERO, new Balance(0, 0)));
            assertThat(calls.lastEvent().lots()).containsExactly(share(1, 60));
        }

        @Test
        void keepsNothingForAHoldThatHasEnded() {
            expiring(100);
            HoldId released = calls.held(10);
            calls.release(released);
            HoldId older = calls.held(60);
            store().now(EXPIRY);

            calls.settle(released, 10, DEBT);

            assertThat(calls.lastEvent().lots()).isEmpty();
            assertThat(calls.lastEvent().debtChangeMicros()).isEqualTo(10);
            assertThat(calls.settle(older, 60, CUT))
                    .isEqualTo(new EndResult.Settled(micros(60), Credits.ZERO, new Balance(-10, 0)));
        }

        @Test
        void bringsNothingBackWhenAnOlderHoldIsRaised() {
            expiring(100).credit(50);
            HoldId id = calls.held(60);
            store().now(EXPIRY);
            calls.position();

            assertThat(calls.hold(id, 110)).isEqualTo(new HoldResult.Held(micros(110), new Balance(110, 110)));
            assertThat(calls.position().kept()).containsExactly(new KeptLot(1, micros(60), 1, micros(110)));
            calls.settle(id, 110, CUT);

            assertThat(calls.lastEvent().lots()).containsExactly(share(1, 60), share(2, 50));
            assertThat(balance()).isEqualTo(new Balance(0, 0));
        }

        @Test
        void keepsUpToWhatARaisedHoldHoldsByThen() {
            expiring(100).credit(50);
            HoldId raised = calls.held(60);
            HoldId other = calls.held(40);
            store().now(EXPIRY);
            calls.hold(raised, 110);

            calls.release(other);

            assertThat(calls.lastEvent().expired()).isEmpty();
            assertThat(calls.position().kept()).containsExactly(new KeptLot(1, micros(100), 1, micros(110)));
        }

        @Test
        void isMetByAnExpiredHoldLikeByAReleasedOne() {
            expiring(100);
            HoldId id = calls.held(60);
            store().now(START + Calls.TTL.toMillis());

            assertThat(calls.expire(id)).isEqualTo(new EndResult.Returned(new Balance(0, 0)));

            assertThat(calls.events())
                    .extracting(UsageEvent::kind)
                    .containsExactly(Kind.GRANTED, Kind.LOTS_EXPIRED, Kind.EXPIRED);
            assertThat(calls.lastEvent().expired()).containsExactly(share(1, 60));
        }

        @Test
        void tellsOlderFromNewerHoldsAtEveryExpiry() {
            calls.grant(100, 100, EXPIRY).grant(100, 100, EXPIRY + 1_000);
            HoldId first = calls.held(100);
            store().now(EXPIRY);
            HoldId second = calls.held(100);
            store().now(EXPIRY + 1_000);

            assertThat(calls.position().kept())
                    .containsExactly(
                            new KeptLot(1, micros(100), 1, micros(100)), new KeptLot(2, micros(100), 2, micros(200)));
            calls.settle(second, 30, CUT);
            assertThat(calls.lastEvent().lots()).containsExactly(share(2, 30));
            assertThat(calls.lastEvent().expired()).containsExactly(share(2, 70));
            calls.settle(first, 30, CUT);
            assertThat(calls.lastEvent().lots()).containsExactly(share(1, 30));
            assertThat(calls.lastEvent().expired()).containsExactly(share(1, 70));
            assertThat(balance()).isEqualTo(new Balance(0, 0));
        }

        @Test
        void paysOverageOfAnOlderHoldBeforeLotsAndDebtDo() {
            expiring(100).credit(20);
            HoldId id = calls.held(50);
            HoldId other = calls.held(50);
            store().now(EXPIRY);

            calls.settle(id, 130, DEBT);

            assertThat(calls.lastEvent().lots()).containsExactly(share(1, 100), share(2, 20));
            assertThat(calls.lastEvent().debtChangeMicros()).isEqualTo(10);
            assertThat(calls.settle(other, 50, CUT))
                    .isEqualTo(new EndResult.Settled(micros(50), Credits.ZERO, new Balance(-60, 0)));
        }

        @Test
        void isExactAtTheGreatestAmount() {
            expiring(MICROS_MAX - 1).credit(1);
            HoldId first = calls.held(MICROS_MAX - 2);
            HoldId second = calls.held(2);
            store().now(EXPIRY);

            calls.settle(first, MICROS_MAX - 3, CUT);

            assertThat(calls.lastEvent().lots()).containsExactly(share(1, MICROS_MAX - 3));
            assertThat(calls.lastEvent().expired()).isEmpty();
            assertThat(balance()).isEqualTo(new Balance(3, 2));
            calls.release(second);
            assertThat(calls.lastEvent().expired()).containsExactly(share(1, 2));
            assertThat(balance()).isEqualTo(new Balance(1, 0));
        }
    }
}
