package io.tollgate.metering.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.account.Lot;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.usage.BookState.CommandState;
import io.tollgate.metering.usage.BookState.LotState;
import io.tollgate.metering.usage.BookState.Position;
import io.tollgate.metering.usage.UsageEvent.Kind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each contradiction alone, and what is just allowed beside it. */
class EventEffectTest {

    private static final AccountId ANN = new AccountId("ann");
    private static final AccountId BOB = new AccountId("bob");
    private static final long LOT = 7;
    private static final long NEW = 9;
    private static final LotState LEFT = lot(ANN, 100, 60);
    private static final Map<Long, LotState> LOTS = Map.of(LOT, LEFT, 8L, lot(BOB, 100, 100));
    private static final Command.Grant GRANT = new Command.Grant(NEW, Credits.ofMicros(50), 0, Lot.NEVER);

    @Nested
    class AHoldsEnd {

        @Test
        void takesAllThatALotHas() throws UnbookableException {
            EventEffect effect = EventEffect.of(event(Kind.SETTLED, 60, 0, 0, LOT, 60), position(60, 0), LOTS);

            assertThat(effect.lots()).containsExactly(Map.entry(LOT, LEFT.with(Credits.ZERO)));
            assertThat(effect.on(position(60, 0))).isEqualTo(position(0, 0));
        }

        @Test
        void takesNoMoreThanALotHas() {
            refused(event(Kind.SETTLED, 61, 0, 0, LOT, 61), "more than the lot has left");
        }

        @Test
        void takesFromEachLotOnce() {
            refused(event(Kind.SETTLED, 20, 0, 0, LOT, 10, LOT, 10), "the same lot twice");
            refused(event(Kind.SETTLED, 30, 0, 0, LOT, 10, 8, 10, LOT, 10), "a lot the account does not have: 8");
        }

        @Test
        void takesFromSeveralLots() throws UnbookableException {
            Map<Long, LotState> two = Map.of(LOT, LEFT, NEW, LEFT);

            EventEffect effect = EventEffect.of(event(Kind.SETTLED, 30, 0, 0, LOT, 10, NEW, 20), position(120, 0), two);

            assertThat(effect.lots())
                    .containsEntry(LOT, LEFT.with(Credits.ofMicros(50)))
                    .containsEntry(NEW, LEFT.with(Credits.ofMicros(40)));
            assertThatThrownBy(() -> EventEffect.of(
                            event(Kind.SETTLED, 30, 0, 0, NEW, 5, LOT, 20, NEW, 5), position(120, 0), two))
                    .hasMessage("the same lot twice");
        }

        @Test
        void ofAnotherAccountsOrNoLotIsRefused() {
            refused(event(Kind.SETTLED, 1, 0, 0, 8, 1), "a lot the account does not have: 8");
            refused(event(Kind.SETTLED, 1, 0, 0, NEW, 1), "a lot the account does not have: 9");
        }

        @Test
        void isChargedWhatLotsAndDebtBear() throws UnbookableException {
            EventEffect effect = EventEffect.of(event(Kind.SETTLED, 70, 5, 10, LOT, 60), position(60, 3), LOTS);

            assertThat(effect.on(position(60, 3))).isEqualTo(position(-10, 13));
            refused(event(Kind.SETTLED, 70, 0, 9, LOT, 60), "lots and debt that miss the charge");
            refused(event(Kind.SETTLED, 59, 0, -1, LOT, 60), "a charge that lowers debt");
        }

        @ParameterizedTest
        @EnumSource(names = {"RELEASED", "EXPIRED", "LOTS_EXPIRED"})
        void thatGivesBackChargesNothing(Kind kind) {
            refused(event(kind, 1, 0, 0), "a charge where nothing can be charged");
            refused(event(kind, 0, 0, 0, LOT, 1), "lots or debt without a charge");
            refused(event(kind, 0, 0, 1), "lots or debt without a charge");
        }

        @ParameterizedTest
        @EnumSource(
                names = {"SETTLED", "RELEASED", "EXPIRED", "LOTS_EXPIRED"},
                mode = EnumSource.Mode.EXCLUDE)
        void isNoCommandsEffect(Kind kind) {
            refused(event(kind, 0, 0, 0), "a command's effect without its number");
        }

        @Test
        void mayOweUpToTheBoundAndNoFurther() throws UnbookableException {
            UsageEvent owing = event(Kind.SETTLED, Credits.MICROS_MAX, 0, Credits.MICROS_MAX);

            assertThat(EventEffect.of(owing, position(0, 0), LOTS).on(position(0, 0)))
                    .isEqualTo(position(-Credits.MICROS_MAX, Credits.MICROS_MAX));
            assertThatThrownBy(() -> EventEffect.of(owing, position(0, 1), LOTS))
                    .hasMessage("out of what an account can hold or owe");
            assertThatThrownBy(() -> EventEffect.of(owing, position(-1, 0), LOTS))
                    .hasMessage("out of what an account can hold or owe");
        }
    }

    @Nested
    class ACommand {

        @Test
        void hasItsOwnKindOfEffect() {
            UsageEvent wrong = event(Kind.LOTS_EXPIRED, 0, 0, 0);
            for (Command command : List.of(
                    GRANT,
                    new Command.LateCharge("h", Credits.ZERO, ""),
                    new Command.Clawback(List.of(LOT), Credits.ZERO),
                    new Command.ReplaceAllowance(List.of(LOT), Credits.ZERO, GRANT),
                    new Command.EndAllowances(List.of(LOT)),
                    new Command.Freeze(),
                    new Command.Thaw(),
                    new Command.Close())) {
                refused(wrong, command, lot(ANN, 50, 50), "another effect than the command's");
            }
        }

        @Test
        void mayFillAllOfALotOrPayDebtWithAllOfIt() throws UnbookableException {
            LotState granted = lot(ANN, 50, 50);
            CommandState command = new CommandState("c", GRANT, granted);

            EventEffect filling = EventEffect.of(event(Kind.GRANTED, 0, 0, 0, NEW, 50), command, position(60, 0), LOTS);
            EventEffect paying = EventEffect.of(event(Kind.GRANTED, 0, 0, -50), command, position(-70, 70), Map.of());

            assertThat(filling.lots()).containsExactly(Map.entry(NEW, granted));
            assertThat(filling.on(position(60, 0)).postedMicros()).isEqualTo(110);
            assertThat(paying.lots()).containsExactly(Map.entry(NEW, granted.with(Credits.ZERO)));
            assertThat(paying.on(position(-70, 70)).debtMicros()).isEqualTo(20);
            assertThatThrownBy(
                            () -> EventEffect.of(event(Kind.GRANTED, 0, 0, -50), command, position(-49, 49), Map.of()))
                    .hasMessage("out of what an account can hold or owe");
        }

        @Test
        void fillsItsOwnLotWithWhatItGrants() {
            LotState granted = lot(ANN, 50, 50);
            refused(event(Kind.GRANTED, 0, 0, 0, NEW, 50), GRANT, null, "a grant the account was not given");
            refused(
                    event(Kind.GRANTED, 0, 0, 0, NEW, 50),
                    GRANT,
                    lot(BOB, 50, 50),
                    "a grant the account was not given");
            refused(event(Kind.GRANTED, 0, 0, 0, LOT, 50), GRANT, granted, "another lot than the grant's");
            refused(event(Kind.GRANTED, 0, 0, 0, NEW, 49), GRANT, granted, "lot and debt that miss the grant");
            refused(event(Kind.GRANTED, 0, 0, 1, NEW, 51), GRANT, granted, "lot and debt that miss the grant");
            refused(event(Kind.GRANTED, 1, 0, 0, NEW, 50), GRANT, granted, "a charge where nothing can be charged");
            Command.Grant again = new Command.Grant(LOT, Credits.ofMicros(50), 0, Lot.NEVER);
            refused(event(Kind.GRANTED, 0, 0, 0, LOT, 50), again, granted, "a grant that was booked before");
        }

        @Test
        void takesBackItsAmountFromTheLotsItNames() throws UnbookableException {
            Command.Clawback clawback = new Command.Clawback(List.of(LOT), Credits.ofMicros(75));

            EventEffect effect = EventEffect.of(
                    event(Kind.CLAWED_BACK, 70, 5, 10, LOT, 60),
                    new CommandState("c", clawback, null),
                    position(60, 0),
                    LOTS);

            assertThat(effect.alone()).hasSize(1);
            assertThat(effect.on(position(60, 0)).debtMicros()).isEqualTo(10);
            refused(event(Kind.CLAWED_BACK, 70, 6, 10, LOT, 60), clawback, null, "another amount than the clawback's");
            refused(event(Kind.CLAWED_BACK, 75, 0, 0, 8, 75), clawback, null, "a lot that was not to give");
        }

        @Test
        void thatChargesLateBurnsLots() throws UnbookableException {
            Command late = new Command.LateCharge("h", Credits.ofMicros(60), "");

            EventEffect effect = EventEffect.of(
                    event(Kind.CHARGED, 60, 0, 0, LOT, 60), new CommandState("c", late, null), position(60, 0), LOTS);

            assertThat(effect.lots()).containsExactly(Map.entry(LOT, LEFT.with(Credits.ZERO)));
            assertThat(effect.on(position(60, 0)).postedMicros()).isZero();
        }

        @Test
        void thatChangesTheStateMovesNothing() {
            refused(event(Kind.FROZEN, 1, 0, 0), new Command.Freeze(), null, "a charge where nothing can be charged");
            refused(event(Kind.THAWED, 0, 0, 1), new Command.Thaw(), null, "lots or debt without a charge");
        }
    }

    @Test
    void aClosedAccountStaysClosedInQuarantine() {
        Position closed = new Position(AccountState.CLOSED, 0, 0, 0, "", false);
        AccountBooking account = new AccountBooking(ANN, closed, new HashMap<>());

        account.quarantine();

        assertThat(account.position()).isEqualTo(new Position(AccountState.CLOSED, 0, 0, 0, "", true));
    }

    private static void refused(UsageEvent event, String told) {
        assertThatThrownBy(() -> EventEffect.of(event, position(60, 0), LOTS))
                .isInstanceOf(UnbookableException.class)
                .hasMessage(told);
    }

    private static void refused(UsageEvent event, Command command, @Nullable LotState granted, String told) {
        assertThatThrownBy(() -> EventEffect.of(event, new CommandState("c", command, granted), position(60, 5), LOTS))
                .isInstanceOf(UnbookableException.class)
                .hasMessage(told);
    }

    private static Position position(long posted, long debt) {
        return new Position(AccountState.ACTIVE, posted, debt, 0, "", false);
    }

    private static LotState lot(AccountId account, long amount, long remaining) {
        return new LotState(account, Credits.ofMicros(amount), Credits.ofMicros(remaining), 0, Lot.NEVER, null);
    }

    /** Shares are grant and amount in turn. */
    private static UsageEvent event(Kind kind, long charged, long uncollected, long debtChange, long... shares) {
        LotShare[] lots = new LotShare[shares.length / 2];
        Arrays.setAll(lots, i -> new LotShare(shares[2 * i], Credits.ofMicros(shares[2 * i + 1])));
        return new UsageEvent(
                new EventPosition(1, 1),
                kind,
                "id",
                ANN,
                Credits.ZERO,
                Credits.ofMicros(charged),
                Credits.ofMicros(uncollected),
                List.of(lots),
                List.of(),
                debtChange,
                0,
                0,
                1_800_000_000_000L,
                null);
    }
}
