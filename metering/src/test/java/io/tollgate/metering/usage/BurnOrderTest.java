package io.tollgate.metering.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.Lot;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.usage.BookState.LotState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BurnOrderTest {

    private static LotState lot(int priority, long expiresAtMillis) {
        return new LotState(
                new AccountId("ann"), Credits.ofMicros(9), Credits.ofMicros(9), priority, expiresAtMillis, null);
    }

    @Test
    void isByPriorityThenExpiryThenCreation() {
        Map<Long, LotState> lots = Map.of(
                1L, lot(5, Lot.NEVER),
                2L, lot(5, 200),
                3L, lot(5, 100),
                4L, lot(1, Lot.NEVER),
                5L, lot(5, 100),
                6L, lot(9, 50));

        assertThat(BurnOrder.of(List.of(1L, 6L, 5L, 2L, 4L, 3L), lots)).containsExactly(4L, 3L, 5L, 2L, 1L, 6L);
    }

    @Test
    void namesEachLotOnceAndOnlyThoseThatAreThere() {
        assertThat(BurnOrder.of(List.of(7L, 1L, 1L), Map.of(1L, lot(0, Lot.NEVER))))
                .containsExactly(1L);
    }

    @Test
    void aLotIsOverFromItsExpiryOn() {
        assertThat(BurnOrder.isOver(lot(0, 100), 99)).isFalse();
        assertThat(BurnOrder.isOver(lot(0, 100), 100)).isTrue();
        assertThat(BurnOrder.isOver(lot(0, Lot.NEVER), Long.MAX_VALUE)).isFalse();
    }
}
