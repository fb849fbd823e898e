package io.tollgate.metering.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.metering.account.AccountId;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTransactionTest {

    private static final AccountId ACCOUNT = new AccountId("a");

    @Test
    void sumsToZeroInEachUnit() {
        List<LedgerEntry> lopsided = List.of(
                new LedgerEntry(LedgerAccount.customer(ACCOUNT), LedgerEntry.CREDITS, 5),
                new LedgerEntry(LedgerAccount.deferred("usd"), "usd", -5));

        assertThatThrownBy(() -> new LedgerTransaction(LedgerTransaction.Kind.GRANT, "c", ACCOUNT, lopsided))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void movementsAddUpToOneEntryPerAccountAndUnit() {
        Postings postings = new Postings()
                .move(LedgerAccount.PROMOTIONS, LedgerAccount.customer(ACCOUNT), LedgerEntry.CREDITS, 5)
                .move(LedgerAccount.PROMOTIONS, LedgerAccount.customer(ACCOUNT), LedgerEntry.CREDITS, 7)
                .move(LedgerAccount.deferred("usd"), LedgerAccount.revenue("usd"), "usd", 0);

        assertThat(postings.entries())
                .containsExactlyInAnyOrder(
                        new LedgerEntry(LedgerAccount.customer(ACCOUNT), LedgerEntry.CREDITS, 12),
                        new LedgerEntry(LedgerAccount.PROMOTIONS, LedgerEntry.CREDITS, -12));
    }

    @Test
    void hasEntriesAndNoneOfZero() {
        assertThatThrownBy(() -> new LedgerTransaction(LedgerTransaction.Kind.GRANT, "c", ACCOUNT, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LedgerEntry(LedgerAccount.PROMOTIONS, LedgerEntry.CREDITS, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
