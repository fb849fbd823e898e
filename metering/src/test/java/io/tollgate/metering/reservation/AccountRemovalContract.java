package io.tollgate.metering.reservation;

import static io.tollgate.metering.live.Calls.START;
import static io.tollgate.metering.live.Calls.newHold;
import static io.tollgate.metering.reservation.Ending.Overage.CUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.account.AccountRemoval.Removal;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.Balance;
import io.tollgate.metering.account.BookedUpTo;
import io.tollgate.metering.account.LiveAccounts.Seeding;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.live.Await;
import io.tollgate.metering.live.Calls;
import io.tollgate.metering.live.LiveStore;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every live store does with accounts that leave it, and with seeds that come late. */
public abstract class AccountRemovalContract {

    private Calls calls;

    protected abstract LiveStore store();

    @BeforeEach
    void startClock() {
        store().now(START);
        calls = new Calls(store());
        calls.credit(1_000);
    }

    private BookedUpTo standing() {
        return store().standing(calls.account);
    }

    /** As the book has it once all is booked. */
    private AccountSnapshot booked() {
        return calls.position().at(standing());
    }

    private Removal evict(BookedUpTo booked) {
        return Await.value(store().removal().evict(calls.account, booked, Duration.ZERO));
    }

    private Removal drop(BookedUpTo booked) {
        return Await.value(store().removal().drop(calls.account, booked));
    }

    private boolean isAbsent() {
        return store().accounts().read(calls.account).blockOptional().isEmpty();
    }

    @Nested
    class Evicting {
        @Test
        void removesWhatTheNextCallLoadsAgain() {
            calls.settle(calls.held(300), 200, CUT);
            store().book(booked());

            assertThat(evict(standing())).isEqualTo(Removal.REMOVED);
            assertThat(isAbsent()).isTrue();

            assertThat(calls.hold(newHold(), 800))
                    .isEqualTo(new HoldResult.Held(Credits.ofMicros(800), new Balance(800, 800)));
        }

        @Test
        void leavesAnAccountThatHoldsSomething() {
            HoldId id = calls.held(1);
            assertThat(evict(standing())).isEqualTo(Removal.BUSY);
            calls.release(id);

            HoldId nothing = calls.held(0);
            assertThat(evict(standing())).isEqualTo(Removal.BUSY);
            calls.release(nothing);

            assertThat(evict(standing())).isEqualTo(Removal.REMOVED);
        }

        @Test
        void leavesAnAccountWhoseLastEventIsNotBooked() {
            BookedUpTo before = standing();
            calls.release(calls.held(1));

            assertThat(evict(before)).isEqualTo(Removal.BUSY);
            assertThat(isAbsent()).isFalse();
        }

        @Test
        void leavesAnAccountOfWhoseEpochNothingIsBooked() {
            BookedUpTo older = new BookedUpTo(standing().epoch() - 1, Long.MAX_VALUE / 1_024);

            assertThat(evict(older)).isEqualTo(Removal.BUSY);
        }

        @Test
        void findsNothingASecondTime() {
            evict(standing());

            assertThat(evict(standing())).isEqualTo(Removal.ABSENT);
            assertThat(drop(standing())).isEqualTo(Removal.ABSENT);
        }
    }

    @Nested
    class Dropping {
        @Test
        void removesAnAccountWhateverItHolds() {
            HoldId id = calls.held(300);
            store().book(booked());

            assertThat(drop(standing())).isEqualTo(Removal.REMOVED);

            assertThat(calls.hold(newHold(), 701)).isEqualTo(new HoldResult.Refused(new Balance(1_000, 300)));
            assertThat(calls.settle(id, 300, CUT))
                    .isEqualTo(new EndResult.Settled(Credits.ofMicros(300), Credits.ZERO, new Balance(700, 0)));
        }

        @Test
        void leavesAnAccountWhoseLastEventIsNotBooked() {
            BookedUpTo before = standing();
            calls.release(calls.held(1));

            assertThat(drop(before)).isEqualTo(Removal.BUSY);
        }

        @Test
        void letsALotExpireUnderTheHoldsThatAreStillThere() {
            calls.grant(100, 10, START + 1_000);
            HoldId id = calls.held(60);
            calls.settle(calls.held(1_040), 1_000, CUT);
            store().book(booked());
            drop(standing());
            store().now(START + 1_000);

            calls.settle(id, 60, CUT);

            assertThat(calls.lastEvent().debtChangeMicros()).isZero();
            assertThat(calls.position().balance()).isEqualTo(new Balance(40, 0));
        }
    }

    @Nested
    class SeedingLate {
        @Test
        void isRefusedOverANewerState() {
            AccountSnapshot readBefore = booked();
            calls.settle(calls.held(300), 300, CUT);
            AccountSnapshot readAfter = booked();
            evict(standing());

            assertThat(store().seed(readBefore)).isEqualTo(Seeding.BEHIND);
            assertThat(isAbsent()).isTrue();
            assertThat(store().seed(readAfter)).isEqualTo(Seeding.IN_PLACE);
            assertThat(calls.position().balance()).isEqualTo(new Balance(700, 0));
        }

        @Test
        void isRefusedToWhoDoesNotKnowTheLastCommand() {
            AccountSnapshot readBefore = booked();
            calls.credit(5);
            evict(standing());

            assertThat(store().seed(readBefore.at(standing()))).isEqualTo(Seeding.BEHIND);
        }

        @Test
        void isRefusedAfterADropToo() {
            AccountSnapshot readBefore = booked();
            calls.settle(calls.held(300), 300, CUT);
            drop(standing());

            assertThat(store().seed(readBefore)).isEqualTo(Seeding.BEHIND);
        }

        @Test
        void changesNothingWhereTheAccountIs() {
            AccountSnapshot readBefore = booked();
            calls.settle(calls.held(300), 300, CUT);

            assertThat(store().seed(readBefore)).isEqualTo(Seeding.IN_PLACE);
            assertThat(calls.position().balance()).isEqualTo(new Balance(700, 0));
        }
    }
}
