package io.tollgate.metering.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.LedgerAccount;
import io.tollgate.metering.ledger.LedgerEntry;
import io.tollgate.metering.ledger.LedgerTransaction;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.usage.BatchOutcome.Quarantined;
import io.tollgate.metering.usage.BookState.CommandKey;
import io.tollgate.metering.usage.BookState.CommandState;
import io.tollgate.metering.usage.BookState.EventKey;
import io.tollgate.metering.usage.BookState.LotState;
import io.tollgate.metering.usage.BookState.Position;
import io.tollgate.metering.usage.UsageEvent.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BatchBookingTest {

    private static final Partition PARTITION = new Partition(3);
    private static final AccountId ANN = new AccountId("ann");
    private static final AccountId BOB = new AccountId("bob");
    private static final Money PAID = new Money(900, "usd");
    private static final long LOT = 7;
    private static final String HOLD = "019a0000-0000-7000-8000-000000000001";
    private static final String OTHER_HOLD = "019a0000-0000-7000-8000-000000000002";

    private final LotState lot = new LotState(ANN, Credits.ofMicros(100), Credits.ofMicros(100), PAID);
    private final BookState before =
            book(Map.of(LOT, lot), Map.of(), Set.of(), new Position(AccountState.ACTIVE, 100, 0, 4, "c4", false));

    private long number;

    @Nested
    class Charging {

        @Test
        void burnsTheLotsThatPaid() {
            BatchOutcome outcome = booked(settled(HOLD, 60, 60, 0), settled(OTHER_HOLD, 40, 40, 0));

            assertThat(outcome.burnedLots()).containsExactly(Map.entry(LOT, lot.with(Credits.ZERO)));
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
            assertThat(outcome.burnedLots()).isEmpty();
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

        private final LotState granted = new LotState(ANN, Credits.ofMicros(50), Credits.ofMicros(50), null);
        private final Map<CommandKey, CommandState> issued = Map.of(
                new CommandKey(ANN, 5), new CommandState("c5", 9, granted, null),
                new CommandKey(ANN, 6), new CommandState("c6", 0, null, HOLD));

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
            BookState known = book(before.lots(), issued, Set.of(), position(before));

            BatchOutcome outcome = BatchBooking.of(known, batch(event(Kind.FROZEN, "c5", ANN, 0, List.of(), 0, 5)));

            assertThat(outcome.accounts().get(ANN))
                    .isEqualTo(new Position(AccountState.FROZEN, 100, 0, 5, "c5", false));
        }
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
        return new BookState(Map.of(ANN, ann, BOB, bob), lots, commands, known);
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
                1_800_000_000_000L,
                null);
    }
}
