package io.tollgate.metering.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.ledger.Books.AccountBooks;
import org.junit.jupiter.api.Test;

class AccountBooksTest {

    private static AccountBooks books(long posted, long ledger) {
        return new AccountBooks(new AccountId("ann"), posted, 0, 1_000, 200, 0, 30, 4, ledger, 5, 2);
    }

    @Test
    void whatWasGivenLessWhatWasUsedExpiredAndTakenBackIsPosted() {
        assertThat(books(766, 766).eventsMicros()).isEqualTo(766);
        assertThat(books(766, 766).agree()).isTrue();
    }

    @Test
    void agreeOnlyIfBothCountsDo() {
        assertThat(books(767, 767).agree()).isFalse();
        assertThat(books(766, 767).agree()).isFalse();
    }

    @Test
    void countHoldsThatEndedEitherWay() {
        assertThat(books(0, 0).events()).isEqualTo(7);
    }
}
