package io.tollgate.metering.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.Lot;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.LedgerAccount;
import io.tollgate.metering.ledger.LedgerEntry;
import io.tollgate.metering.ledger.LedgerTransaction;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.ledger.Postings;
import io.tollgate.metering.usage.BookState.LotState;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTallyTest {

    private static final AccountId ANN = new AccountId("ann");
    private static final LedgerAccount CUSTOMER = LedgerAccount.customer(ANN);

    private final LedgerTally tally = new LedgerTally(LedgerTransaction.Kind.USAGE, ANN);

    @Test
    void isNamedAfterTheLastEventThatMovedSomething() {
        tally.add(owing(3), event(1));
        tally.add(owing(4), event(2));
        tally.add(new Postings(), event(3));

        assertThat(tally.transactions())
                .containsExactly(new LedgerTransaction(
                        LedgerTransaction.Kind.USAGE,
                        "ann@1-2/event-2",
                        ANN,
                        List.of(
                                new LedgerEntry(CUSTOMER, LedgerEntry.CREDITS, -7),
                                new LedgerEntry(LedgerAccount.DEBT, LedgerEntry.CREDITS, 7))));
    }

    @Test
    void isSeveralLedgerTransactionsWhereOneCouldNotCountItAll() {
        long quarter = 1L << 61;
        tally.add(owing(quarter), event(1));
        tally.add(owing(quarter), event(2));
        tally.add(owing(1), event(3));

        assertThat(tally.transactions())
                .extracting(LedgerTransaction::cause)
                .containsExactly("ann@1-1/event-1", "ann@1-3/event-3");
    }

    @Test
    void aGrantThatPaysDebtEarnsThatPartOfItsPrice() {
        LotState granted = lot(100);

        LedgerTransaction grant = LotPostings.grant(9, granted, lot(40));

        assertThat(grant.entries())
                .containsExactlyInAnyOrder(
                        new LedgerEntry(LedgerAccount.deferred("usd"), LedgerEntry.CREDITS, -100),
                        new LedgerEntry(CUSTOMER, LedgerEntry.CREDITS, 100),
                        new LedgerEntry(LedgerAccount.DEBT, LedgerEntry.CREDITS, -60),
                        new LedgerEntry(LedgerAccount.revenue("usd"), LedgerEntry.CREDITS, 60),
                        new LedgerEntry(LedgerAccount.deferred("usd"), "usd", 540),
                        new LedgerEntry(LedgerAccount.revenue("usd"), "usd", -540));
    }

    private static LotState lot(long remaining) {
        return new LotState(
                ANN, Credits.ofMicros(100), Credits.ofMicros(remaining), 0, Lot.NEVER, new Money(900, "usd"));
    }

    private static Postings owing(long amount) {
        return new Postings().move(CUSTOMER, LedgerAccount.DEBT, LedgerEntry.CREDITS, amount);
    }

    private static UsageEvent event(long number) {
        return new UsageEvent(
                new EventPosition(1, number),
                UsageEvent.Kind.SETTLED,
                "event-" + number,
                ANN,
                Credits.ZERO,
                Credits.ZERO,
                Credits.ZERO,
                List.of(),
                List.of(),
                0,
                0,
                0,
                0,
                null);
    }
}
