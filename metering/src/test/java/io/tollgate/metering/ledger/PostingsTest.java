package io.tollgate.metering.ledger;

import static io.tollgate.metering.ledger.LedgerEntry.CREDITS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.metering.account.AccountId;
import org.junit.jupiter.api.Test;

class PostingsTest {

    private static final LedgerAccount CUSTOMER = LedgerAccount.customer(new AccountId("a"));

    @Test
    void addUpToOneEntryForEachLedgerAccountAndUnit() {
        Postings postings = new Postings()
                .move(LedgerAccount.PROMOTIONS, CUSTOMER, CREDITS, 10)
                .move(LedgerAccount.PROMOTIONS, CUSTOMER, CREDITS, 5)
                .move(LedgerAccount.deferred("usd"), LedgerAccount.stripeClearing("usd"), "usd", 9);

        assertThat(postings.entries())
                .containsExactly(
                        new LedgerEntry(LedgerAccount.PROMOTIONS, CREDITS, -15),
                        new LedgerEntry(CUSTOMER, CREDITS, 15),
                        new LedgerEntry(LedgerAccount.deferred("usd"), "usd", -9),
                        new LedgerEntry(LedgerAccount.stripeClearing("usd"), "usd", 9));
        assertThat(postings.volume()).isEqualTo(48);
    }

    @Test
    void thatCancelOutLeaveNothing() {
        Postings postings = new Postings()
                .move(LedgerAccount.PROMOTIONS, CUSTOMER, CREDITS, 10)
                .move(CUSTOMER, LedgerAccount.PROMOTIONS, CREDITS, 10)
                .move(CUSTOMER, LedgerAccount.DEBT, CREDITS, 0);

        assertThat(postings.entries()).isEmpty();
        assertThat(postings.volume()).isZero();
    }

    @Test
    void ofAnotherAreAddedToTheirs() {
        Postings postings = new Postings().move(CUSTOMER, LedgerAccount.DEBT, CREDITS, 3);
        Postings more = new Postings().move(CUSTOMER, LedgerAccount.DEBT, CREDITS, 4);

        postings.addAll(more);

        assertThat(postings.entries())
                .containsExactly(
                        new LedgerEntry(CUSTOMER, CREDITS, -7), new LedgerEntry(LedgerAccount.DEBT, CREDITS, 7));
    }

    @Test
    void beyondWhatCanBeCountedAreRefused() {
        Postings postings = new Postings().move(CUSTOMER, LedgerAccount.DEBT, CREDITS, Long.MAX_VALUE);

        assertThatThrownBy(postings::volume).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> postings.move(LedgerAccount.BAD_DEBT, LedgerAccount.DEBT, CREDITS, 1))
                .isInstanceOf(ArithmeticException.class);
    }
}
