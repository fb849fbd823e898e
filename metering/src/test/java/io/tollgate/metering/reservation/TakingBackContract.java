package io.tollgate.metering.reservation;

import static io.tollgate.metering.credit.Credits.MICROS_MAX;
import static io.tollgate.metering.live.Calls.START;
import static io.tollgate.metering.live.Calls.newHold;
import static io.tollgate.metering.reservation.Ending.Overage.CUT;
import static io.tollgate.metering.reservation.Ending.Overage.DEBT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.account.AccountState;
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
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every live store does with commands that take credit away. */
public abstract class TakingBackContract {

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

    private UsageEvent clawBack(long micros, Long... grants) {
        return calls.command(new Command.Clawback(List.of(grants), micros(micros)))
                .lastEvent();
    }

    @Nested
    class ClawingBack {
        @Test
        void takesFromTheLotsNamedInTheirOrder() {
            calls.credit(100).credit(100).credit(100);

            UsageEvent event = clawBack(150, 2L, 1L);

            assertThat(event.kind()).isEqualTo(Kind.CLAWED_BACK);
            assertThat(event.charged()).isEqualTo(micros(150));
            assertThat(event.lots()).containsExactly(share(2, 100), share(1, 50));
            assertThat(event.debtChangeMicros()).isZero();
            assertThat(event.postedAfterMicros()).isEqualTo(150);
            assertThat(calls.position().lots())
                    .containsExactly(new Lot(1, micros(50), 100, Lot.NEVER), new Lot(3, micros(100), 100, Lot.NEVER));
        }

        @Test
        void makesDebtOfTheRestAndLeavesOtherLotsAlone() {
            calls.credit(100).credit(30);

            UsageEvent event = clawBack(150, 1L);

            assertThat(event.charged()).isEqualTo(micros(150));
            assertThat(event.lots()).containsExactly(share(1, 100));
            assertThat(event.debtChangeMicros()).isEqualTo(50);
            assertThat(calls.position().lots()).containsExactly(new Lot(2, micros(30), 100, Lot.NEVER));
            assertThat(calls.position().debtMicros()).isEqualTo(50);
            assertThat(balance()).isEqualTo(new Balance(-20, 0));
        }

        @Test
        void leavesLotsThatStillBurnAndDebtThatAGrantPaysFirst() {
            calls.credit(100).credit(30);
            HoldId id = calls.held(20);
            clawBack(150, 1L);

            calls.settle(id, 20, CUT);
            assertThat(calls.lastEvent().lots()).containsExactly(share(2, 20));
            calls.credit(70);

            assertThat(calls.position().debtMicros()).isZero();
            assertThat(calls.position().lots())
                    .containsExactly(new Lot(2, micros(10), 100, Lot.NEVER), new Lot(4, micros(20), 100, Lot.NEVER));
        }

        @Test
        void takesWhatHoldsHold() {
            calls.credit(100);
            HoldId id = calls.held(100);

            clawBack(100, 1L);

            assertThat(balance()).isEqualTo(new Balance(0, 100));
            assertThat(calls.settle(id, 60, CUT))
                    .isEqualTo(new EndResult.Settled(micros(60), Credits.ZERO, new Balance(-60, 0)));
            assertThat(calls.lastEvent().debtChangeMicros()).isEqualTo(60);
        }

        @Test
        void takesWhatHoldsKeepOfAnExpiredLot() {
            calls.grant(100, 100, EXPIRY).credit(5);
            HoldId id = calls.held(80);
            store().now(EXPIRY);

            UsageEvent event = clawBack(90, 1L);

            assertThat(event.lots()).containsExactly(share(1, 80));
            assertThat(event.debtChangeMicros()).isEqualTo(10);
            assertThat(calls.position().kept()).isEmpty();
            calls.release(id);
            assertThat(calls.lastEvent().expired()).isEmpty();
            assertThat(balance()).isEqualTo(new Balance(-5, 0));
        }

        @Test
        void takesAPartOfWhatHoldsKeep() {
            calls.grant(100, 100, EXPIRY);
            HoldId id = calls.held(80);
            store().now(EXPIRY);

            clawBack(30, 1L);

            assertThat(calls.position().kept()).containsExactly(new KeptLot(1, micros(50), 1, micros(80)));
            calls.release(id);
            assertThat(calls.lastEvent().expired()).containsExactly(share(1, 50));
        }

        @Test
        void owesAllOfALotThatIsGone() {
            calls.credit(100);
            calls.settle(calls.held(100), 100, CUT);

            UsageEvent event = clawBack(100, 1L);

            assertThat(event.lots()).isEmpty();
            assertThat(event.charged()).isEqualTo(micros(100));
            assertThat(event.debtChangeMicros()).isEqualTo(100);
        }

        @Test
        void collectsNoDebtBeyondTheGreatestAmount() {
            calls.credit(10);
            clawBack(MICROS_MAX, 1L);
            assertThat(balance()).isEqualTo(new Balance(-(MICROS_MAX - 10), 0));

            UsageEvent event = clawBack(MICROS_MAX, 1L);

            assertThat(event.charged()).isEqualTo(micros(10));
            assertThat(event.uncollected()).isEqualTo(micros(MICROS_MAX - 10));
            assertThat(balance()).isEqualTo(new Balance(-MICROS_MAX, 0));
        }
    }

    @Nested
    class ReplacingAnAllowance {
        private UsageEvent replace(long rollover, long micros, long expiresAtMillis, Long... replaced) {
            long grant = 1 + calls.position().lastCommand();
            return calls.command(new Command.ReplaceAllowance(
                            List.of(replaced),
                            micros(rollover),
                            new Command.Grant(grant, micros(micros), 10, expiresAtMillis)))
                    .lastEvent();
        }

        @Test
        void startsAnewAndNeverTouchesWhatIsNotNamed() {
            calls.grant(100, 10, EXPIRY).credit(7);

            UsageEvent event = replace(0, 300, EXPIRY + 500, 1L);

            assertThat(event.kind()).isEqualTo(Kind.ALLOWANCE_REPLACED);
            assertThat(event.expired()).containsExactly(share(1, 100));
            assertThat(event.lots()).containsExactly(share(3, 300));
            assertThat(event.charged()).isEqualTo(Credits.ZERO);
            assertThat(event.postedAfterMicros()).isEqualTo(307);
            assertThat(calls.position().lots())
                    .containsExactly(new Lot(3, micros(300), 10, EXPIRY + 500), new Lot(2, micros(7), 100, Lot.NEVER));
        }

        @Test
        void rollsOverUpToTheAmountAllowedUntilTheNewOneExpires() {
            calls.grant(100, 10, EXPIRY).grant(100, 10, EXPIRY + 1);

            UsageEvent event = replace(120, 300, EXPIRY + 500, 1L, 2L);

            assertThat(event.expired()).containsExactly(share(2, 80));
            assertThat(event.lots()).containsExactly(share(3, 300), share(1, 100), share(2, 20));
            assertThat(calls.position().lots())
                    .containsExactly(
                            new Lot(1, micros(100), 10, EXPIRY + 500),
                            new Lot(2, micros(20), 10, EXPIRY + 500),
                            new Lot(3, micros(300), 10, EXPIRY + 500));
            store().now(EXPIRY + 1);
            assertThat(balance().postedMicros()).isEqualTo(420);
            store().now(EXPIRY + 500);
            assertThat(balance().postedMicros()).isZero();
        }

        @Test
        void rollsOverAllThatThereIs() {
            calls.grant(100, 10, EXPIRY);

            UsageEvent event = replace(MICROS_MAX, 300, Lot.NEVER, 1L);

            assertThat(event.expired()).isEmpty();
            assertThat(balance().postedMicros()).isEqualTo(400);
        }

        @Test
        void rollsOverAllThatThereIsAlsoWhatHoldsHold() {
            calls.grant(100, 10, EXPIRY);
            HoldId id = calls.held(40);

            UsageEvent event = replace(MICROS_MAX, 300, EXPIRY, 1L);

            assertThat(event.expired()).isEmpty();
            assertThat(event.lots()).containsExactly(share(2, 300), share(1, 100));
            assertThat(balance()).isEqualTo(new Balance(400, 40));
            calls.settle(id, 40, CUT);
            assertThat(calls.lastEvent().lots()).containsExactly(share(1, 40));
            assertThat(calls.position().lots())
                    .containsExactly(new Lot(1, micros(60), 10, EXPIRY), new Lot(2, micros(300), 10, EXPIRY));
        }

        @Test
        void rollsOverWhatALaterLotHasBesidesWhatHoldsKeepOfAnExpiredOne() {
            calls.grant(100, 10, EXPIRY).grant(50, 10, EXPIRY + 100);
            HoldId id = calls.held(40);
            store().now(EXPIRY);

            UsageEvent event = replace(MICROS_MAX, 300, EXPIRY + 500, 1L, 2L);

            assertThat(event.lots()).containsExactly(share(3, 300), share(2, 50));
            assertThat(calls.position().kept()).containsExactly(new KeptLot(1, micros(40), 1, micros(40)));
            calls.release(id);
            assertThat(calls.lastEvent().expired()).containsExactly(share(1, 40));
            assertThat(balance()).isEqualTo(new Balance(350, 0));
        }

        @Test
        void keepsWhatHoldsHoldOfTheOldOne() {
            calls.grant(100, 10, EXPIRY);
            HoldId id = calls.held(40);

            UsageEvent event = replace(0, 300, EXPIRY + 500, 1L);

            assertThat(event.expired()).containsExactly(share(1, 60));
            assertThat(balance()).isEqualTo(new Balance(340, 40));
            assertThat(calls.hold(newHold(), 301)).isEqualTo(new HoldResult.Refused(new Balance(340, 40)));
            calls.settle(id, 50, CUT);
            assertThat(calls.lastEvent().lots()).containsExactly(share(1, 40), share(2, 10));
            assertThat(balance()).isEqualTo(new Balance(290, 0));
        }

        @Test
        void saysOnceWhatOneGrantPaysInTwoWays() {
            calls.grant(100, 10, EXPIRY);
            HoldId id = calls.held(100);
            replace(30, 1, EXPIRY + 500, 1L);

            calls.settle(id, 95, CUT);

            assertThat(calls.lastEvent().lots()).containsExactly(share(1, 95));
        }

        @Test
        void paysDebtFirst() {
            calls.credit(10);
            calls.settle(calls.held(10), 60, DEBT);

            UsageEvent event = replace(0, 300, EXPIRY, 1L);

            assertThat(event.debtChangeMicros()).isEqualTo(-50);
            assertThat(event.lots()).containsExactly(share(3 - 1, 250));
        }

        @Test
        void isAllTheSameWhereTheOldOneIsGone() {
            calls.grant(100, 10, EXPIRY);
            store().now(EXPIRY);

            UsageEvent event = replace(50, 300, EXPIRY + 500, 1L);

            assertThat(event.expired()).isEmpty();
            assertThat(balance()).isEqualTo(new Balance(300, 0));
        }

        @Test
        void reachesTheGreatestAmount() {
            calls.grant(MICROS_MAX, 10, EXPIRY);

            UsageEvent event = replace(1, MICROS_MAX - 1, EXPIRY + 500, 1L);

            assertThat(event.expired()).containsExactly(share(1, MICROS_MAX - 1));
            assertThat(event.postedAfterMicros()).isEqualTo(MICROS_MAX);
            assertThat(calls.hold(newHold(), MICROS_MAX)).isInstanceOf(HoldResult.Held.class);
        }
    }

    @Nested
    class EndingAllowances {
        private UsageEvent end(Long... ended) {
            return calls.command(new Command.EndAllowances(List.of(ended))).lastEvent();
        }

        @Test
        void takesAllThatIsLeftAndNeverTouchesWhatIsNotNamed() {
            calls.grant(100, 10, EXPIRY).grant(50, 10, Lot.NEVER).credit(7);

            UsageEvent event = end(1L, 2L);

            assertThat(event.kind()).isEqualTo(Kind.ALLOWANCES_ENDED);
            assertThat(event.expired()).containsExactly(share(1, 100), share(2, 50));
            assertThat(event.lots()).isEmpty();
            assertThat(event.charged()).isEqualTo(Credits.ZERO);
            assertThat(event.postedAfterMicros()).isEqualTo(7);
            assertThat(calls.position().lots()).containsExactly(new Lot(3, micros(7), 100, Lot.NEVER));
        }

        @Test
        void keepsWhatHoldsHoldAndNothingForNewOnes() {
            calls.grant(100, 10, EXPIRY);
            HoldId id = calls.held(40);

            UsageEvent event = end(1L);

            assertThat(event.expired()).containsExactly(share(1, 60));
            assertThat(balance()).isEqualTo(new Balance(40, 40));
            assertThat(calls.hold(newHold(), 1)).isEqualTo(new HoldResult.Refused(new Balance(40, 40)));
            calls.settle(id, 30, CUT);
            assertThat(calls.lastEvent().lots()).containsExactly(share(1, 30));
            assertThat(calls.lastEvent().expired()).containsExactly(share(1, 10));
            assertThat(balance()).isEqualTo(new Balance(0, 0));
        }

        @Test
        void isAFactAlsoWhereNothingIsLeft() {
            calls.grant(100, 10, EXPIRY).credit(7);
            store().now(EXPIRY);

            UsageEvent event = end(1L, 99L);

            assertThat(event.kind()).isEqualTo(Kind.ALLOWANCES_ENDED);
            assertThat(event.expired()).isEmpty();
            assertThat(balance()).isEqualTo(new Balance(7, 0));
        }

        @Test
        void leavesDebtAsItIs() {
            calls.grant(10, 10, EXPIRY);
            calls.settle(calls.held(10), 60, DEBT);

            UsageEvent event = end(1L);

            assertThat(event.debtChangeMicros()).isZero();
            assertThat(balance()).isEqualTo(new Balance(-50, 0));
        }

        @Test
        void endsTheGreatestAmount() {
            calls.grant(MICROS_MAX, 10, EXPIRY);

            assertThat(end(1L).expired()).containsExactly(share(1, MICROS_MAX));
            assertThat(balance()).isEqualTo(new Balance(0, 0));
        }
    }

    @Nested
    class Closing {
        @Test
        void refusesNewHoldsForGood() {
            calls.credit(100);

            calls.command(new Command.Close());

            assertThat(calls.lastEvent().kind()).isEqualTo(Kind.CLOSED);
            calls.command(new Command.Thaw()).command(new Command.Freeze()).command(new Command.Thaw());
            assertThat(calls.hold(newHold(), 1)).isEqualTo(new HoldResult.NotActive(AccountState.CLOSED));
        }

        @Test
        void letsHoldsEndAndGrantsCome() {
            calls.credit(100);
            HoldId id = calls.held(50);

            calls.command(new Command.Close()).credit(10);

            assertThat(calls.settle(id, 50, CUT))
                    .isEqualTo(new EndResult.Settled(micros(50), Credits.ZERO, new Balance(60, 0)));
        }
    }
}
