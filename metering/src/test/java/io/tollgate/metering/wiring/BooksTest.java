package io.tollgate.metering.wiring;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Books;
import io.tollgate.metering.ledger.Books.AccountBooks;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.Ending.Overage;
import io.tollgate.metering.reservation.HoldId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BooksTest {

    private final Metering metering = Metering.start();
    private final Books books = metering.bean(Books.class);
    private AccountId account = new AccountId("none");

    @AfterAll
    void close() {
        metering.close();
    }

    @BeforeEach
    void open() {
        account = metering.open();
    }

    @AfterEach
    void everythingSumsToZeroAndTheBookAgreesWithTheLiveStore() {
        assertThat(got(books.totals()))
                .isNotEmpty()
                .allSatisfy((unit, total) -> assertThat(total).isZero());
        assertThat(got(books.of(account)).agree()).isTrue();
        assertThat(got(metering.booked().snapshot(account)).lots())
                .isEqualTo(got(metering.live().read(account)).lots());
    }

    @Test
    void revenueIsEarnedAsBoughtCreditIsUsed() {
        metering.give(account, Credits.of(100), new Money(900, "usd"));

        got(metering.call(account, 5_000_000, 5_000_000));
        metering.flushAll();

        assertThat(ledger("revenue:usd", "usd")).isEqualTo(-45);
        assertThat(ledger("deferred:usd", "usd")).isEqualTo(45 - 900);
        assertThat(ledger("revenue:usd", "credits")).isEqualTo(5_000_000);
    }

    @Test
    void theLastPieceOfALotTakesTheRemainder() {
        metering.give(account, Credits.ofMicros(3), new Money(100, "chf"));

        for (int piece = 0; piece < 3; piece++) {
            got(metering.call(account, 1, 1));
            metering.flushAll();
        }

        assertThat(ledger("revenue:chf", "chf")).isEqualTo(-100);
        assertThat(ledger("deferred:chf", "chf")).isZero();
    }

    @Test
    void freeCreditIsNoRevenue() {
        metering.give(account, Credits.of(1), null);

        got(metering.call(account, 400_000, 400_000));
        metering.flushAll();

        assertThat(customer()).isEqualTo(600_000);
        assertThat(got(books.of(account)))
                .isEqualTo(new AccountBooks(account, 600_000, 0, 1_000_000, 400_000, 0, 0, 0, 600_000, 1, 0));
    }

    @Test
    void debtIsPaidByTheNextGrantWhichThenIsPartlyEarned() {
        metering.give(account, Credits.ofMicros(100), null);
        got(metering.call(account, 100, 250));
        metering.flushAll();
        assertThat(got(metering.booked().snapshot(account)).debtMicros()).isEqualTo(150);
        assertThat(owed()).isEqualTo(150);

        metering.give(account, Credits.ofMicros(1_000), new Money(1_000, "sek"));
        metering.flushAll();

        assertThat(customer()).isEqualTo(850);
        assertThat(owed()).isZero();
        assertThat(ledger("revenue:sek", "sek")).isEqualTo(-150);
    }

    @Test
    void whatIsNotCollectedIsWrittenOff() {
        metering.give(account, Credits.ofMicros(100), null);
        HoldId hold = got(metering.hold(account, 100));
        got(metering.reservations()
                .end(account, hold, new Ending.Settle(Credits.ofMicros(130), Overage.CUT, Metering.DETAIL)));
        metering.flushAll();

        assertThat(customer()).isZero();
        assertThat(ledger("bad-debt", "credits")).isEqualTo(-30);
        assertThat(got(books.of(account)).uncollectedMicros()).isEqualTo(30);
    }

    @Test
    void aReleasedHoldMovesNothing() {
        metering.give(account, Credits.of(1), null);
        HoldId hold = got(metering.hold(account, 500_000));
        got(metering.reservations().end(account, hold, new Ending.Release(Metering.DETAIL)));
        metering.flushAll();

        assertThat(customer()).isEqualTo(1_000_000);
        assertThat(got(books.of(account)).givenBack()).isEqualTo(1);
    }

    /** All debt that was not written off. */
    private long owed() {
        return ledger("debt", "credits") + ledger("bad-debt", "credits");
    }

    private long customer() {
        return ledger("customer:" + account, "credits");
    }

    private long ledger(String name, String unit) {
        return metering.book()
                .number("SELECT CAST(coalesce(sum(amount), 0) AS bigint) FROM ledger_entry WHERE ledger_account = '"
                        + name + "' AND unit = '" + unit + "'");
    }
}
