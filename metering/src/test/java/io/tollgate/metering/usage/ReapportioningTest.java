package io.tollgate.metering.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReapportioningTest {

    private static final AccountId ACCOUNT = new AccountId("a");

    /** Grants 1, 2, … with so much left, in burn order. */
    private static Reapportioning book(long debt, long... left) {
        return new Reapportioning(
                debt,
                IntStream.range(0, left.length)
                        .mapToObj(i -> share(i + 1L, left[i]))
                        .toList());
    }

    private static LotShare share(long grant, long micros) {
        return new LotShare(grant, Credits.ofMicros(micros));
    }

    private static UsageEvent event(UsageEvent.Kind kind, long charged, long debtChange, LotShare... lots) {
        return event(kind, charged, debtChange, List.of(), lots);
    }

    private static UsageEvent event(
            UsageEvent.Kind kind, long charged, long debtChange, List<LotShare> expired, LotShare... lots) {
        return new UsageEvent(
                new EventPosition(1, 7),
                kind,
                "id",
                ACCOUNT,
                Credits.ZERO,
                Credits.ofMicros(charged),
                Credits.ZERO,
                Arrays.asList(lots),
                expired,
                debtChange,
                -1,
                0,
                42,
                null);
    }

    @Nested
    class Charging {

        @Test
        void keepsSharesThatFit() {
            UsageEvent fitted = book(0, 10, 10).fit(event(UsageEvent.Kind.SETTLED, 8, 3, share(2, 5)), 0);

            assertThat(fitted.lots()).containsExactly(share(2, 5));
            assertThat(fitted.debtChangeMicros()).isEqualTo(3);
            assertThat(fitted.postedAfterMicros()).isEqualTo(12);
        }

        @Test
        void letsTheBooksLotsPayInBurnOrderWhereOneHasTooLittle() {
            UsageEvent fitted = book(0, 4, 10).fit(event(UsageEvent.Kind.SETTLED, 8, 0, share(1, 5), share(2, 3)), 0);

            assertThat(fitted.lots()).containsExactly(share(1, 4), share(2, 4));
            assertThat(fitted.debtChangeMicros()).isZero();
            assertThat(fitted.postedAfterMicros()).isEqualTo(6);
        }

        @Test
        void makesDebtOfWhatNoLotPays() {
            UsageEvent fitted = book(1, 4).fit(event(UsageEvent.Kind.CHARGED, 8, 0, share(9, 8)), 0);

            assertThat(fitted.lots()).containsExactly(share(1, 4));
            assertThat(fitted.debtChangeMicros()).isEqualTo(4);
            assertThat(fitted.charged()).isEqualTo(Credits.ofMicros(8));
            assertThat(fitted.postedAfterMicros()).isEqualTo(-5);
        }

        @Test
        void collectsNothingBeyondTheMostThatCanBeOwed() {
            UsageEvent fitted = book(Credits.MICROS_MAX - 3).fit(event(UsageEvent.Kind.SETTLED, 8, 0, share(1, 8)), 0);

            assertThat(fitted.charged()).isEqualTo(Credits.ofMicros(3));
            assertThat(fitted.uncollected()).isEqualTo(Credits.ofMicros(5));
            assertThat(fitted.debtChangeMicros()).isEqualTo(3);
            assertThat(fitted.postedAfterMicros()).isEqualTo(-Credits.MICROS_MAX);
        }

        @Test
        void leavesEverythingElseAsItIs() {
            UsageEvent charge = event(UsageEvent.Kind.SETTLED, 8, 0, share(1, 8));

            UsageEvent fitted = book(0, 4, 10).fit(charge, 0);

            assertThat(fitted)
                    .usingRecursiveComparison()
                    .ignoringFields("lots", "postedAfterMicros")
                    .isEqualTo(charge);
        }
    }

    @Nested
    class Expiring {

        @Test
        void isLeftToTheAccountsNextTouchWhenAHoldEnds() {
            UsageEvent fitted =
                    book(0, 10).fit(event(UsageEvent.Kind.SETTLED, 8, 0, List.of(share(1, 5)), share(1, 8)), 0);

            assertThat(fitted.lots()).containsExactly(share(1, 8));
            assertThat(fitted.expired()).isEmpty();
            assertThat(fitted.postedAfterMicros()).isEqualTo(2);
        }

        @Test
        void isLeftToTheAccountsNextTouchByItself() {
            UsageEvent fitted =
                    book(0, 3).fit(event(UsageEvent.Kind.LOTS_EXPIRED, 0, 0, List.of(share(1, 3), share(2, 4))), 0);

            assertThat(fitted.expired()).isEmpty();
            assertThat(fitted.postedAfterMicros()).isEqualTo(3);
        }
    }

    @Nested
    class TakingBack {

        @Test
        void asksOnlyTheLotsThatGaveAndMakesDebtOfTheRest() {
            UsageEvent fitted = book(0, 10, 3).fit(event(UsageEvent.Kind.CLAWED_BACK, 8, 0, share(2, 8)), 0);

            assertThat(fitted.lots()).containsExactly(share(2, 3));
            assertThat(fitted.debtChangeMicros()).isEqualTo(5);
            assertThat(fitted.postedAfterMicros()).isEqualTo(5);
        }
    }

    @Nested
    class Giving {

        @Test
        void paysTheDebtThatTheBookKnowsOf() {
            UsageEvent fitted = book(4).fit(event(UsageEvent.Kind.GRANTED, 0, 0, share(1, 10)), 1);

            assertThat(fitted.lots()).containsExactly(share(1, 6));
            assertThat(fitted.debtChangeMicros()).isEqualTo(-4);
            assertThat(fitted.postedAfterMicros()).isEqualTo(6);
        }

        @Test
        void fillsALotWithWhatPaidADebtThatTheBookDoesNotKnowOf() {
            UsageEvent fitted = book(0).fit(event(UsageEvent.Kind.GRANTED, 0, -10), 1);

            assertThat(fitted.lots()).containsExactly(share(1, 10));
            assertThat(fitted.debtChangeMicros()).isZero();
        }

        @Test
        void fillsNothingWhereAllOfItPaysDebt() {
            UsageEvent fitted = book(25).fit(event(UsageEvent.Kind.GRANTED, 0, 0, share(1, 10)), 1);

            assertThat(fitted.lots()).isEmpty();
            assertThat(fitted.debtChangeMicros()).isEqualTo(-10);
            assertThat(fitted.postedAfterMicros()).isEqualTo(-15);
        }

        @Test
        void letsAnAllowanceEndNoMoreThanIsLeftOfTheOldOne() {
            UsageEvent fitted = book(0, 3)
                    .fit(event(UsageEvent.Kind.ALLOWANCE_REPLACED, 0, 0, List.of(share(1, 5)), share(2, 10)), 2);

            assertThat(fitted.expired()).containsExactly(share(1, 3));
            assertThat(fitted.lots()).containsExactly(share(2, 10));
            assertThat(fitted.postedAfterMicros()).isEqualTo(10);
        }

        @Test
        void endsNoMoreOfAnAllowanceThanIsLeft() {
            UsageEvent fitted = book(4, 3).fit(event(UsageEvent.Kind.ALLOWANCES_ENDED, 0, 0, List.of(share(1, 5))), 0);

            assertThat(fitted.expired()).containsExactly(share(1, 3));
            assertThat(fitted.lots()).isEmpty();
            assertThat(fitted.debtChangeMicros()).isZero();
            assertThat(fitted.postedAfterMicros()).isEqualTo(-4);
        }

        @Test
        void remembersWhatRolledOver() {
            UsageEvent fitted = book(4, 3)
                    .fit(event(UsageEvent.Kind.ALLOWANCE_REPLACED, 0, 0, List.of(), share(2, 10), share(1, 3)), 2);

            assertThat(fitted.lots()).containsExactly(share(2, 6), share(1, 3));
            assertThat(fitted.debtChangeMicros()).isEqualTo(-4);
            assertThat(fitted.postedAfterMicros()).isEqualTo(9);
        }
    }

    @Test
    void takesBackNothingOfALotThatIsNotThere() {
        UsageEvent fitted = book(0, 10).fit(event(UsageEvent.Kind.CLAWED_BACK, 8, 0, share(1, 5), share(2, 3)), 0);

        assertThat(fitted.lots()).containsExactly(share(1, 5));
        assertThat(fitted.debtChangeMicros()).isEqualTo(3);
    }
}
