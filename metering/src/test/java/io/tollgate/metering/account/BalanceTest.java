package io.tollgate.metering.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.metering.credit.Credits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalanceTest {

    @ParameterizedTest
    @CsvSource({"10, 3, 7, 7", "10, 10, 0, 0", "10, 11, -1, 0", "-5, 0, -5, 0"})
    void whatIsAvailableCanBeSpentDownToZero(long posted, long held, long available, long spendable) {
        Balance balance = new Balance(posted, held);

        assertThat(balance.availableMicros()).isEqualTo(available);
        assertThat(balance.spendable()).isEqualTo(Credits.ofMicros(spendable));
    }

    @Test
    void nothingBelowZeroIsHeld() {
        assertThat(new Balance(0, 0).heldMicros()).isZero();
        assertThatThrownBy(() -> new Balance(0, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void postedIsWhatTheLotsHaveLessDebt() {
        List<Lot> lots =
                List.of(new Lot(1, Credits.ofMicros(5), 0, Lot.NEVER), new Lot(2, Credits.ofMicros(20), 0, Lot.NEVER));

        AccountSnapshot snapshot = new AccountSnapshot(new AccountId("a"), AccountState.ACTIVE, lots, 7, 4, 0, "");

        assertThat(snapshot.balance()).isEqualTo(new Balance(18, 4));
    }
}
