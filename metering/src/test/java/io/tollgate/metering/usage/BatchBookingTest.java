package io.tollgate.metering.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.account.Lot;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.LedgerAccount;
import io.tollgate.metering.ledger.LedgerEntry;
import io.tollgate.metering.ledger.LedgerTransaction;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.usage.BatchOutcome.Drift;
import io.tollgate.metering.usage.BatchOutcome.Quarantined;
import io.tollgate.metering.usage.BookState.CommandKey;
import io.tollgate.metering.usage.BookState.CommandState;
import io.tollgate.metering.usage.BookState.EventKey;
import io.tollgate.metering.usage.BookState.ExpiryKey;
import io.tollgate.metering.usage.BookState.LotState;
import io.tollgate.metering.usage.BookState.Position;
import io.tollgate.metering.usage.UsageEvent.Kind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BatchBookingTest {

    private static final Partition PARTITION = new Partition(3);
    private static final AccountId ANN = new AccountId("ann");
    private static final AccountId BOB = new AccountId("bob");
    private static final Money PAID = new Money(900, "usd");
    private static final long LOT = 7;
    private static final long AT = 1_800_000_000_000L;
    private static final String HOLD = "019a0000-0000-7000-8000-000000000001";
    private static final String OTHER_HOLD = "019a0000-0000-7000-8000-000000000002";

    private final LotState lot = lot(100, 100, Lot.NEVER, PAID);
    private final BookState before =
            book(Map.of(LOT, lot), Map.of(), Set.of(), new Position(AccountState.ACTIVE, 100, 0, 4, "c4", false));

    private long number;

    @Nested
    class Charging {

        @Test
        void burnsTheLotsThatPaid() {
            BatchOutcome outcome = booked(settled(HOLD, 60, 60, 0), settled(OTHER_HOLD, 40, 40, 0));

            assertThat(outcome.changedLots()).containsExactly(Map.entry(LOT, lot.with(Credits.ZERO)));
            assertThat(outcome.accounts().get(ANN)).isEqualTo(new Position(AccountState.ACTIVE, 0, 0, 4, "c4", false));
            assertThat(outcome.ledger()).singleElement().satisfies(usage -> {
                assertThat(usage.kind()).isEqualTo(LedgerTransaction.Kind.USAGE);
                assertThat(usage.entries())
                        .containsExactlyInAnyOrder(
                                new LedgerEntry(LedgerAccount.customer(ANN), LedgerEntry.CREDITS, -100),
                                new LedgerEntry(LedgerAccount.revenue("usd"), LedgerEntry.CREDITS, 100),
                                new LedgerEntry(LedgerAccount.deferred("usd"), "usd", 900),
                                new LedgerEntry(LedgerAccount.revenue("usd"), "usd", -900));
            });
        }

        @Test
        void countsAnEventOnceThatCameTwice() {
            assertThat(booked(settled(HOLD, 60, 60, 0), settled(HOLD, 60, 60, 0))
                            .ends())
                    .hasSize(1);
        }

        @Test
        void leavesOutWhatIsBookedAlready() {
            BookState known = book(
                    before.lots(),
                    Map.of(),
                    Set.of(new EventKey(UUID.fromString(HOLD), Kind.SETTLED)),
                    position(before));

            BatchOutcome outcome = BatchBooking.of(known, batch(settled(HOLD, 60, 60, 0)));

            assertThat(outcome.ends()).isEmpty();
            assertThat(outcome.accounts()).isEmpty();
            assertThat(outcome.ledger()).isEmpty();
            assertThat(outcome.quarantined()).isEmpty();
        }

        @Test
        void chargesAHoldThatHadExpired() {
            BookState known = book(
                    before.lots(),
                    Map.of(),
                    Set.of(new EventKey(UUID.fromString(HOLD), Kind.EXPIRED)),
                    position(before));

            assertThat(BatchBooking.of(known, batch(settled(HOLD, 60, 60, 0))).ends())
                    .hasSize(1);
        }
    }

    @Nested
    class Contradictions {

        @Test
        void moreThanTheLotHasIsQuarantined() {
            assertQuarantined(settled(HOLD, 101, 101, 0));
        }

        @Test
        void aChargeThatLotsAndDebtMissIsQuarantined() {
            assertQuarantined(settled(HOLD, 60, 59, 0));
        }

        @Test
        void aLotOfAnotherAccountIsQuarantined() {
            assertQuarantined(event(Kind.SETTLED, HOLD, BOB, 60, List.of(share(60)), 0, 0));
        }

        @Test
        void anUnknownLotIsQuarantined() {
            LotShare unknown = new LotShare(8, Credits.ofMicros(60));

            assertQuarantined(event(Kind.SETTLED, HOLD, ANN, 60, List.of(unknown), 0, 0));
        }

        @Test
        void theSameLotTwiceIsQuarantined() {
            assertQuarantined(event(Kind.SETTLED, HOLD, ANN, 120, List.of(share(60), share(60)), 0, 0));
        }

        @Test
        void anUnknownAccountIsQuarantined() {
            assertQuarantined(event(Kind.RELEASED, HOLD, new AccountId("nobody"), 0, List.of(), 0, 0));
        }

        @Test
        void anIdThatIsNoHoldsIsQuarantined() {
            assertQuarantined(settled("no-hold", 60, 60, 0));
        }

        @Test
        void aChargedReleaseIsQuarantined() {
            assertQuarantined(event(Kind.RELEASED, HOLD, ANN, 1, List.of(share(1)), 0, 0));
        }

        @Test
        void aCommandThatWasNotIssuedIsQuarantined() {
            assertQuarantined(event(Kind.FROZEN, "c5", ANN, 0, List.of(), 0, 5));
        }

        @Test
        void nothingIsBookedOfWhatIsQuarantinedOrFollowsIt() {
            BatchOutcome outcome = booked(settled(HOLD, 101, 101, 0), settled(OTHER_HOLD, 1, 1, 0));

            assertThat(outcome.ends()).isEmpty();
            assertThat(outcome.changedLots()).isEmpty();
            assertThat(outcome.ledger()).isEmpty();
            assertThat(outcome.quarantined())
                    .extracting(Quarantined::cause)
                    .containsExactly(Quarantined.Cause.CANNOT_BE_BOOKED, Quarantined.Cause.FOLLOWS_ONE_THAT_CANNOT);
            assertThat(outcome.accounts().get(ANN)).isEqualTo(new Position(AccountState.FROZEN, 100, 0, 4, "c4", true));
        }

        private void assertQuarantined(UsageEvent event) {
            BatchOutcome outcome = booked(event);

            assertThat(outcome.quarantined()).hasSize(1);
            assertThat(outcome.ends()).isEmpty();
            assertThat(outcome.ledger()).isEmpty();
        }
    }

    @Nested
    class Commands {

        private final LotState granted = lot(50, 50, Lot.NEVER, null);
        private final Map<CommandKey, CommandState> issued = Map.of(
                new CommandKey(ANN, 5),
                        new CommandState("c5", new Command.Grant(9, Credits.ofMicros(50), 0, Lot.NEVER), granted),
                new CommandKey(ANN, 6),
                        new CommandState("c6", new Command.LateCharge(HOLD, Credits.ofMicros(1), ""), null));

        @Test
        void aGrantPaysDebtAndFillsItsLot() {
            BookState indebted =
                    book(Map.of(), issued, Set.of(), new Position(AccountState.ACTIVE, -20, 20, 4, "c4", false));
            UsageEvent arrives =
                    event(Kind.GRANTED, "c5", ANN, 0, List.of(new LotShare(9, Credits.ofMicros(30))), -20, 5);

            BatchOutcome outcome = BatchBooking.of(indebted, batch(arrives));

            assertThat(outcome.filledLots()).containsExactly(Map.entry(9L, granted.with(Credits.ofMicros(30))));
            assertThat(outcome.accounts().get(ANN)).isEqualTo(new Position(AccountState.ACTIVE, 30, 0, 5, "c5", false));
            assertThat(outcome.commands()).containsExactly(new CommandKey(ANN, 5));
            assertThat(outcome.ledger().getFirst().entries())
                    .containsExactlyInAnyOrder(
                            new LedgerEntry(LedgerAccount.PROMOTIONS, LedgerEntry.CREDITS, -30),
                            new LedgerEntry(LedgerAccount.customer(ANN), LedgerEntry.CREDITS, 50),
                            new LedgerEntry(LedgerAccount.DEBT, LedgerEntry.CREDITS, -20));
        }

        @Test
        void oneOutOfTurnIsQuarantined() {
            BookState known = book(before.lots(), issued, Set.of(), position(before));

            BatchOutcome outcome =
                    BatchBooking.of(known, batch(event(Kind.CHARGED, "c6", ANN, 1, List.of(share(1)), 0, 6)));

            assertThat(outcome.quarantined()).hasSize(1);
            assertThat(outcome.commands()).isEmpty();
        }

        @Test
        void oneThatIsBookedAlreadyIsLeftOut() {
            BatchOutcome outcome = booked(event(Kind.FROZEN, "c4", ANN, 0, List.of(), 0, 4));

            assertThat(outcome.accounts()).isEmpty();
            assertThat(outcome.quarantined()).isEmpty();
        }

        @Test
        void aLateChargeIsFiledUnderItsHold() {
            BookState known =
                    book(before.lots(), issued, Set.of(), new Position(AccountState.ACTIVE, 100, 0, 5, "c5", false));

            BatchOutcome outcome =
                    BatchBooking.of(known, batch(event(Kind.CHARGED, "c6", ANN, 1, List.of(share(1)), 0, 6)));

            assertThat(outcome.ends())
                    .singleElement()
                    .satisfies(end -> assertThat(end.hold()).hasToString(HOLD));
        }

        @Test
        void aFreezeChangesTheState() {
            BookState known = knowing(new Command.Freeze(), position(before));

            BatchOutcome outcome = BatchBooking.of(known, batch(event(Kind.FROZEN, "c5", ANN, 0, List.of(), 0, 5)));

            assertThat(outcome.accounts().get(ANN))
                    .isEqualTo(new Position(AccountState.FROZEN, 100, 0, 5, "c5", false));
        }
    }

    @Nested
    class Expiring {

        @Test
        void breaksWhatIsLeftAndEarnsItsPrice() {
            BatchOutcome outcome = booked(expired(List.of(share(70))));

            assertThat(outcome.changedLots()).containsExactly(Map.entry(LOT, lot.with(Credits.ofMicros(30))));
            assertThat(position(outcome).postedMicros()).isEqualTo(30);
            assertThat(outcome.ledger()).singleElement().satisfies(expiry -> {
                assertThat(expiry.kind()).isEqualTo(LedgerTransaction.Kind.EXPIRY);
                assertThat(expiry.entries())
                        .containsExactlyInAnyOrder(
                                new LedgerEntry(LedgerAccount.customer(ANN), LedgerEntry.CREDITS, -70),
                                new LedgerEntry(LedgerAccount.BREAKAGE, LedgerEntry.CREDITS, 70),
                                new LedgerEntry(LedgerAccount.deferred("usd"), "usd", 630),
                                new LedgerEntry(LedgerAccount.revenue("usd"), "usd", -630));
            });
            assertThat(outcome.accountEvents()).singleElement().satisfies(event -> {
                assertThat(event.kind()).isEqualTo(Kind.LOTS_EXPIRED);
                assertThat(event.amountMicros()).isEqualTo(-70);
                assertThat(event.expired()).containsExactly(share(70));
            });
        }

        @Test
        void movesThePriceToTheLastUnitHoweverTheLotGoes() {
            BatchOutcome outcome =
                    booked(settled(HOLD, 33, 33, 0), expired(List.of(share(33))), settled(OTHER_HOLD, 34, 34, 0));

            assertThat(moneyEarned(outcome)).isEqualTo(900);
        }

        @Test
        void happensAfterTheChargeOfTheSameEnd() {
            BatchOutcome outcome = booked(end(Kind.SETTLED, HOLD, 60, List.of(share(60)), List.of(share(40))));

            assertThat(outcome.changedLots()).containsExactly(Map.entry(LOT, lot.with(Credits.ZERO)));
            assertThat(outcome.ends()).hasSize(1);
            assertThat(outcome.accountEvents()).singleElement().satisfies(event -> {
                assertThat(event.id()).isEqualTo(HOLD);
                assertThat(event.amountMicros()).isEqualTo(-40);
            });
        }

        @Test
        void ofMoreThanIsLeftIsQuarantined() {
            assertThat(booked(end(Kind.SETTLED, HOLD, 60, List.of(share(60)), List.of(share(41))))
                            .quarantined())
                    .hasSize(1);
        }

        @Test
        void countsOnceWhereTheSameEventComesTwice() {
            UsageEvent expiry = expired(List.of(share(70)));

            BatchOutcome outcome = booked(expiry, expiry);

            assertThat(outcome.accountEvents()).hasSize(1);
            assertThat(outcome.quarantined()).isEmpty();
        }

        @Test
        void leavesOutWhatIsBookedAlready() {
            UsageEvent expiry = expired(List.of(share(70)));
            BookState known = new BookState(
                    before.accounts(),
                    before.lots(),
                    Map.of(),
                    Set.of(),
                    Set.of(new ExpiryKey(expiry.id(), expiry.position())));

            assertThat(BatchBooking.of(known, batch(expiry)).accountEvents()).isEmpty();
        }
    }

    @Nested
    class TakingBack {

        private final Command.Clawback clawback = new Command.Clawback(List.of(LOT), Credits.ofMicros(130));

        @Test
        void givesThePriceOfWhatWasLeftToRefundsAndOwesTheRest() {
            BatchOutcome outcome = taken(130, 100, 30);

            assertThat(outcome.changedLots()).containsExactly(Map.entry(LOT, lot.with(Credits.ZERO)));
            assertThat(position(outcome).postedMicros()).isEqualTo(-30);
            assertThat(position(outcome).debtMicros()).isEqualTo(30);
            assertThat(outcome.ledger()).singleElement().satisfies(taken -> {
                assertThat(taken.kind()).isEqualTo(LedgerTransaction.Kind.CLAWBACK);
                assertThat(taken.cause()).isEqualTo("c5");
                assertThat(taken.entries())
                        .containsExactlyInAnyOrder(
                                new LedgerEntry(LedgerAccount.customer(ANN), LedgerEntry.CREDITS, -130),
                                new LedgerEntry(LedgerAccount.deferred("usd"), LedgerEntry.CREDITS, 100),
                                new LedgerEntry(LedgerAccount.DEBT, LedgerEntry.CREDITS, 30),
                                new LedgerEntry(LedgerAccount.deferred("usd"), "usd", 900),
                                new LedgerEntry(LedgerAccount.refunds("usd"), "usd", -900));
            });
            assertThat(outcome.accountEvents())
                    .singleElement()
                    .satisfies(event -> assertThat(event.amountMicros()).isEqualTo(-130));
        }

        @Test
        void fromALotThatWasNotToGiveIsQuarantined() {
            BookState known = knowing(new Command.Clawback(List.of(8L), Credits.ofMicros(100)), position(before));

            assertThat(BatchBooking.of(known, batch(event(Kind.CLAWED_BACK, "c5", ANN, 100, List.of(share(100)), 0, 5)))
                            .quarantined())
                    .hasSize(1);
        }

        @Test
        void ofAnotherAmountIsQuarantined() {
            assertThat(taken(129, 100, 29).quarantined()).hasSize(1);
        }

        private BatchOutcome taken(long charged, long fromLot, long debt) {
            return BatchBooking.of(
                    knowing(clawback, position(before)),
                    batch(event(Kind.CLAWED_BACK, "c5", ANN, charged, List.of(share(fromLot)), debt, 5)));
        }
    }

    @Nested
    class ReplacingAnAllowance {

        private static final long NEXT_MONTH = 1_900_000_000_000L;
        private static final long LATER = 11;

        private final LotState next = lot(40, 40, NEXT_MONTH, null);
        private final LotState later = lot(10, 10, NEXT_MONTH - 1, null);

        @Test
        void endsTheOldOneAndFillsTheNew() {
            BatchOutcome outcome = replaced(List.of(), List.of(share(100)), Map.of(LOT, lot));

            assertThat(outcome.changedLots())
                    .containsExactly(Map.entry(LOT, lot.with(Credits.ZERO).expiringAt(AT)));
            assertThat(outcome.filledLots()).containsExactly(Map.entry(9L, next));
            assertThat(position(outcome).postedMicros()).isEqualTo(40);
            assertThat(outcome.accountEvents())
                    .singleElement()
                    .satisfies(event -> assertThat(event.amountMicros()).isEqualTo(40 - 100));
        }

        @Test
        void letsWhatRollsOverLiveAsLongAsTheNewOne() {
            BatchOutcome outcome = replaced(List.of(share(25)), List.of(share(75)), Map.of(LOT, lot));

            assertThat(outcome.changedLots())
                    .containsExactly(
                            Map.entry(LOT, lot.with(Credits.ofMicros(25)).expiringAt(NEXT_MONTH)));
        }

        @Test
        void letsOnlyTheLotsRollOverThatTheEventNames() {
            BatchOutcome outcome = replaced(
                    List.of(new LotShare(LATER, Credits.ofMicros(10))),
                    List.of(share(100)),
                    Map.of(LOT, lot, LATER, later));

            assertThat(outcome.changedLots())
                    .containsOnly(
                            Map.entry(LATER, later.expiringAt(NEXT_MONTH)),
                            Map.entry(LOT, lot.with(Credits.ZERO).expiringAt(AT)));
        }

        @Test
        void leavesALotAloneWhoseTimeWasOver() {
            LotState over = lot(100, 60, AT - 1, null);

            assertThat(replaced(List.of(), List.of(), Map.of(LOT, over)).changedLots())
                    .isEmpty();
        }

        @Test
        void leavesOtherAccountsLotsAlone() {
            LotState bobs = new LotState(BOB, Credits.ofMicros(5), Credits.ofMicros(5), 0, NEXT_MONTH, null);

            assertThat(replaced(List.of(), List.of(), Map.of(LATER, bobs)).changedLots())
                    .isEmpty();
        }

        @Test
        void namingALotThatWasNotToBeReplacedIsQuarantined() {
            LotShare other = new LotShare(77, Credits.ofMicros(1));

            assertThat(replaced(List.of(other), List.of(), Map.of(LOT, lot)).quarantined())
                    .hasSize(1);
        }

        private BatchOutcome replaced(List<LotShare> rolled, List<LotShare> broken, Map<Long, LotState> lots) {
            Command.ReplaceAllowance command = new Command.ReplaceAllowance(
                    List.of(LOT, LATER),
                    Credits.ofMicros(LotShare.sum(rolled)),
                    new Command.Grant(9, Credits.ofMicros(40), 0, NEXT_MONTH));
            BookState known = book(
                    lots,
                    Map.of(new CommandKey(ANN, 5), new CommandState("c5", command, next)),
                    Set.of(),
                    position(before));
            UsageEvent event = new UsageEvent(
                    new EventPosition(1, ++number),
                    Kind.ALLOWANCE_REPLACED,
                    "c5",
                    ANN,
                    Credits.ZERO,
                    Credits.ZERO,
                    Credits.ZERO,
                    Stream.concat(Stream.of(new LotShare(9, Credits.ofMicros(40))), rolled.stream())
                            .toList(),
                    broken,
                    0,
                    0,
                    5,
                    AT,
                    null);
            return BatchBooking.of(known, batch(event));
        }
    }

    @Nested
    class FittedToTheBook {

        private final Command.Freeze freeze = new Command.Freeze();

        private BatchOutcome fitted(UsageEvent event) {
            return BatchBooking.fitted(knowing(freeze, position(before)), "epoch 2", batch(event));
        }

        @Test
        void aCommandThatIsDueIsBooked() {
            BatchOutcome outcome = fitted(event(Kind.FROZEN, "c5", ANN, 0, List.of(), 0, 5));

            assertThat(position(outcome).state()).isEqualTo(AccountState.FROZEN);
        }

        @Test
        void aCommandThatTheBookHasOtherwiseIsPassedOver() {
            BatchOutcome outcome = fitted(event(Kind.FROZEN, "another", ANN, 0, List.of(), 0, 5));

            assertThat(outcome.accounts()).isEmpty();
            assertThat(outcome.quarantined()).isEmpty();
        }

        @Test
        void aCommandThatTheBookDoesNotKnowIsPassedOver() {
            BatchOutcome outcome = fitted(event(Kind.FROZEN, "c6", ANN, 0, List.of(), 0, 6));

            assertThat(outcome.accounts()).isEmpty();
            assertThat(outcome.quarantined()).isEmpty();
        }

        @Test
        void aCommandOutOfItsTurnIsPassedOver() {
            BookState behind = knowing(freeze, new Position(AccountState.ACTIVE, 100, 0, 3, "c3", false));

            BatchOutcome outcome =
                    BatchBooking.fitted(behind, "epoch 2", batch(event(Kind.FROZEN, "c5", ANN, 0, List.of(), 0, 5)));

            assertThat(outcome.accounts()).isEmpty();
            assertThat(outcome.quarantined()).isEmpty();
        }

        @Test
        void aChargeItsLotsCannotPayMakesDebt() {
            BatchOutcome outcome = fitted(settled(HOLD, 130, 130, 0));

            assertThat(position(outcome).debtMicros()).isEqualTo(30);
            assertThat(outcome.quarantined()).isEmpty();
        }
    }

    @Nested
    class Closing {

        @Test
        void isForGood() {
            BookState closed = knowing(new Command.Thaw(), new Position(AccountState.CLOSED, 100, 0, 4, "c4", false));

            BatchOutcome outcome = BatchBooking.of(closed, batch(event(Kind.THAWED, "c5", ANN, 0, List.of(), 0, 5)));

            assertThat(position(outcome)).isEqualTo(new Position(AccountState.CLOSED, 100, 0, 5, "c5", false));
        }

        @Test
        void isAnEventOfTheAccount() {
            BatchOutcome outcome = BatchBooking.of(
                    knowing(new Command.Close(), position(before)),
                    batch(event(Kind.CLOSED, "c5", ANN, 0, List.of(), 0, 5)));

            assertThat(position(outcome).state()).isEqualTo(AccountState.CLOSED);
            assertThat(outcome.accountEvents())
                    .singleElement()
                    .satisfies(event -> assertThat(event.amountMicros()).isZero());
        }

        @Test
        void byAnotherEffectThanTheCommandsIsQuarantined() {
            assertThat(BatchBooking.of(
                                    knowing(new Command.Close(), position(before)),
                                    batch(event(Kind.FROZEN, "c5", ANN, 0, List.of(), 0, 5)))
                            .quarantined())
                    .hasSize(1);
        }
    }

    @Nested
    class GivingBackAHoldThatWasCharged {

        private final BookState charged = book(
                before.lots(), Map.of(), Set.of(new EventKey(UUID.fromString(HOLD), Kind.SETTLED)), position(before));

        @Test
        void changesNothing() {
            BatchOutcome outcome = BatchBooking.of(charged, batch(end(Kind.EXPIRED, HOLD, 0, List.of(), List.of())));

            assertThat(outcome.ends()).isEmpty();
            assertThat(outcome.accounts()).isEmpty();
            assertThat(outcome.quarantined()).isEmpty();
        }

        @Test
        void changesNothingInTheSameBatchEither() {
            BatchOutcome outcome = booked(settled(HOLD, 60, 60, 0), end(Kind.RELEASED, HOLD, 0, List.of(), List.of()));

            assertThat(outcome.ends()).hasSize(1);
        }

        @Test
        void stillBreaksWhatItBroke() {
            BatchOutcome outcome =
                    BatchBooking.of(charged, batch(end(Kind.RELEASED, HOLD, 0, List.of(), List.of(share(5)))));

            assertThat(outcome.ends()).isEmpty();
            assertThat(outcome.accountEvents()).hasSize(1);
            assertThat(position(outcome).postedMicros()).isEqualTo(95);
        }
    }

    @Nested
    class Drifting {

        @Test
        void isToldOnceForAnAccountAndBookedAllTheSame() {
            BatchOutcome outcome = booked(settled(HOLD, 60, 60, 0), settled(OTHER_HOLD, 10, 10, 0));

            assertThat(outcome.drifts()).containsExactly(new Drift(ANN, new EventPosition(1, 1), 0, 40));
            assertThat(outcome.ends()).hasSize(2);
            assertThat(outcome.quarantined()).isEmpty();
        }

        @Test
        void doesNotShowInTheBooksOwnCount() {
            assertThat(booked(settled(HOLD, 60, 60, 0)).ends())
                    .singleElement()
                    .satisfies(
                            end -> assertThat(end.event().postedAfterMicros()).isEqualTo(40));
        }

        @Test
        void isNotFoundWhereBothCountTheSame() {
            assertThat(booked(settled(HOLD, 60, 60, 0).leaving(40)).drifts()).isEmpty();
        }
    }

    /** Amounts whose sums over a batch are beyond a long. */
    @Nested
    class AtTheBound {

        private static final int MANY = 3_000;

        private final LotState huge = new LotState(ANN, Credits.MAX, Credits.MAX, 0, Lot.NEVER, PAID);

        @Test
        void everyFullLotThatComesAndGoesInOneBatchIsBooked() {
            Map<CommandKey, CommandState> issued = new HashMap<>();
            List<UsageEvent> events = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                long grant = 100L + i;
                String id = "c" + (5 + i);
                issued.put(
                        new CommandKey(ANN, 5 + i),
                        new CommandState(id, new Command.Grant(grant, Credits.MAX, 0, Lot.NEVER), huge));
                LotShare all = new LotShare(grant, Credits.MAX);
                events.add(
                        event(Kind.GRANTED, id, ANN, 0, List.of(all), 0, 5 + i).leaving(Credits.MICROS_MAX));
                events.add(event(Kind.SETTLED, hold(i), ANN, Credits.MICROS_MAX, List.of(all), 0, 0));
            }
            BookState empty = book(Map.of(), issued, Set.of(), new Position(AccountState.ACTIVE, 0, 0, 4, "c4", false));

            BatchOutcome outcome = BatchBooking.of(empty, batch(events.toArray(UsageEvent[]::new)));

            assertThat(outcome.quarantined()).isEmpty();
            assertThat(outcome.drifts()).isEmpty();
            assertThat(outcome.ends()).hasSize(MANY);
            assertThat(outcome.filledLots()).hasSize(MANY);
            assertThat(customerCredit(outcome)).isEqualTo(BigInteger.ZERO);
            assertThat(outcome.ledger())
                    .filteredOn(transaction -> transaction.kind() == LedgerTransaction.Kind.USAGE)
                    .hasSizeGreaterThan(1)
                    .extracting(LedgerTransaction::cause)
                    .doesNotHaveDuplicates();
        }

        @Test
        void whatCannotBeCollectedIsBookedHoweverMuchItIs() {
            UsageEvent[] events = IntStream.range(0, MANY)
                    .mapToObj(i -> new UsageEvent(
                            new EventPosition(1, ++number),
                            Kind.SETTLED,
                            hold(i),
                            ANN,
                            Credits.ZERO,
                            Credits.ZERO,
                            Credits.MAX,
                            List.of(),
                            List.of(),
                            0,
                            100,
                            0,
                            AT,
                            null))
                    .toArray(UsageEvent[]::new);

            BatchOutcome outcome = booked(events);

            assertThat(outcome.quarantined()).isEmpty();
            assertThat(outcome.ends()).hasSize(MANY);
        }

        @Test
        void sharesBeyondALongAreQuarantinedAlone() {
            Map<Long, LotState> lots = new HashMap<>(before.lots());
            List<LotShare> shares = new ArrayList<>();
            for (long grant = 1_000; grant < 1_000 + MANY; grant++) {
                lots.put(grant, huge);
                shares.add(new LotShare(grant, Credits.MAX));
            }
            UsageEvent neighbours = event(Kind.RELEASED, OTHER_HOLD, BOB, 0, List.of(), 0, 0);

            BatchOutcome outcome = BatchBooking.of(
                    book(lots, Map.of(), Set.of(), position(before)),
                    batch(event(Kind.SETTLED, HOLD, ANN, Credits.MICROS_MAX, shares, 0, 0), neighbours));

            assertThat(outcome.quarantined()).hasSize(1);
            assertThat(outcome.changedLots()).isEmpty();
            assertThat(outcome.ledger()).isEmpty();
            assertThat(outcome.ends()).hasSize(1);
        }

        @Test
        void debtBeyondTheBoundIsQuarantined() {
            BookState indebted = book(
                    Map.of(),
                    Map.of(),
                    Set.of(),
                    new Position(AccountState.ACTIVE, -Credits.MICROS_MAX, Credits.MICROS_MAX, 4, "c4", false));

            assertThat(BatchBooking.of(indebted, batch(event(Kind.SETTLED, HOLD, ANN, 1, List.of(), 1, 0)))
                            .quarantined())
                    .hasSize(1);
        }

        private BigInteger customerCredit(BatchOutcome outcome) {
            return outcome.ledger().stream()
                    .flatMap(transaction -> transaction.entries().stream())
                    .filter(entry -> entry.account().equals(LedgerAccount.customer(ANN)))
                    .map(entry -> BigInteger.valueOf(entry.amount()))
                    .reduce(BigInteger.ZERO, BigInteger::add);
        }

        private String hold(int i) {
            return "019a0000-0000-7000-8000-%012d".formatted(i);
        }
    }

    private static long moneyEarned(BatchOutcome outcome) {
        return -outcome.ledger().stream()
                .flatMap(transaction -> transaction.entries().stream())
                .filter(entry -> entry.account().equals(LedgerAccount.revenue("usd"))
                        && entry.unit().equals("usd"))
                .mapToLong(LedgerEntry::amount)
                .sum();
    }

    private static Position position(BatchOutcome outcome) {
        return Objects.requireNonNull(outcome.accounts().get(ANN), "ann did not change");
    }

    private BookState knowing(Command command, Position ann) {
        return book(
                before.lots(), Map.of(new CommandKey(ANN, 5), new CommandState("c5", command, null)), Set.of(), ann);
    }

    private static LotState lot(long amount, long remaining, long expires, @Nullable Money paid) {
        return new LotState(ANN, Credits.ofMicros(amount), Credits.ofMicros(remaining), 0, expires, paid);
    }

    private UsageEvent expired(List<LotShare> broken) {
        return end(Kind.LOTS_EXPIRED, "ann:1-1", 0, List.of(), broken);
    }

    private UsageEvent end(Kind kind, String id, long charged, List<LotShare> lots, List<LotShare> broken) {
        return new UsageEvent(
                new EventPosition(1, ++number),
                kind,
                id,
                ANN,
                Credits.ZERO,
                Credits.ofMicros(charged),
                Credits.ZERO,
                lots,
                broken,
                0,
                0,
                0,
                AT,
                null);
    }

    private BatchOutcome booked(UsageEvent... events) {
        return BatchBooking.of(before, batch(events));
    }

    private static List<PartitionEntries> batch(UsageEvent... events) {
        return List.of(new PartitionEntries(
                PARTITION,
                Arrays.stream(events).<UsageEntry>map(UsageEntry.Legible::new).toList()));
    }

    private static BookState book(
            Map<Long, LotState> lots, Map<CommandKey, CommandState> commands, Set<EventKey> known, Position ann) {
        Position bob = new Position(AccountState.ACTIVE, 0, 0, 0, "", false);
        return new BookState(Map.of(ANN, ann, BOB, bob), lots, commands, known, Set.of());
    }

    private static Position position(BookState state) {
        Position position = state.accounts().get(ANN);
        if (position == null) {
            throw new AssertionError("ann is missing");
        }
        return position;
    }

    private UsageEvent settled(String id, long charged, long fromLot, long debt) {
        return event(Kind.SETTLED, id, ANN, charged, List.of(share(fromLot)), debt, 0);
    }

    private static LotShare share(long micros) {
        return new LotShare(LOT, Credits.ofMicros(micros));
    }

    private UsageEvent event(
            Kind kind, String id, AccountId account, long charged, List<LotShare> lots, long debt, long command) {
        return new UsageEvent(
                new EventPosition(1, ++number),
                kind,
                id,
                account,
                Credits.ZERO,
                Credits.ofMicros(charged),
                Credits.ZERO,
                lots,
                List.of(),
                debt,
                0,
                command,
                AT,
                null);
    }
}
