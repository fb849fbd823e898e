package io.tollgate.metering.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.kept.KeptSettles.Slot;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.usage.EventPosition;
import io.tollgate.metering.wiring.Metering;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeptSettlesTest {

    private static final Ending.Settle SETTLE =
            new Ending.Settle(Credits.ofMicros(1), Ending.Overage.DEBT, Metering.DETAIL);

    private static KeptSettle settle(long number) {
        return new KeptSettle(
                new AccountId("kept"), HoldId.bornAt(number), SETTLE, new EventPosition(1, number), System.nanoTime());
    }

    @Test
    void hasRoomForAsManyAsAskedAtLeast() {
        assertThat(new KeptSettles(1).room()).isEqualTo(1);
        assertThat(new KeptSettles(5).room()).isEqualTo(8);
        assertThat(new KeptSettles(8).room()).isEqualTo(8);
        assertThatThrownBy(() -> new KeptSettles(0)).hasMessageContaining("out of range");
    }

    @Test
    void dropsTheOldestWhereThereIsNoRoom() {
        KeptSettles kept = new KeptSettles(4);

        IntStream.rangeClosed(1, 6).forEach(number -> kept.keep(settle(number)));

        assertThat(kept.all())
                .extracting(slot -> slot.kept().acknowledged().number())
                .containsExactlyInAnyOrder(3L, 4L, 5L, 6L);
        assertThat(kept.dropped()).isEqualTo(2);
    }

    @Test
    void forgetsOnlyWhatItWasAskedToForget() {
        KeptSettles kept = new KeptSettles(1);
        kept.keep(settle(1));
        Slot first = kept.all().getFirst();
        kept.keep(settle(2));

        kept.release(first);

        assertThat(kept.all())
                .extracting(slot -> slot.kept().acknowledged().number())
                .containsExactly(2L);
        kept.release(kept.all().getFirst());
        assertThat(kept.all()).isEmpty();
    }

    @Test
    void losesNoneThatManyThreadsKeepAtATime() {
        KeptSettles kept = new KeptSettles(1 << 12);

        IntStream.range(0, 1 << 12).parallel().forEach(number -> kept.keep(settle(number)));

        assertThat(kept.all())
                .extracting(slot -> slot.kept().acknowledged().number())
                .doesNotHaveDuplicates()
                .hasSize(1 << 12);
        assertThat(kept.dropped()).isZero();
    }
}
