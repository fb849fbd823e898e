package io.tollgate.metering.reservation.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.account.Partition;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SweepPlanTest {

    private static final long NOW = 1_000_000;
    private static final Partition PARTITION = new Partition(0);

    private final SweepPlan plan = new SweepPlan(1, Duration.ofSeconds(1));

    @Test
    void looksAtEveryPartitionFirst() {
        assertThat(new SweepPlan(3, Duration.ofSeconds(1)).due(NOW)).hasSize(3);
    }

    @Test
    void looksAgainWhenTheFirstDeadlineComes() {
        plan.looked(PARTITION, NOW + 3_000, NOW);

        assertThat(plan.due(NOW + 2_999)).isEmpty();
        assertThat(plan.due(NOW + 3_000)).containsExactly(PARTITION);
    }

    @Test
    void looksAgainAfterSomeTurnsForWhatOthersHaveHeld() {
        plan.looked(PARTITION, SweepPlan.NO_DEADLINE, NOW);

        assertThat(plan.due(NOW + 4_999)).isEmpty();
        assertThat(plan.due(NOW + 5_000)).containsExactly(PARTITION);
    }

    @Test
    void doesNotLookTwiceInATurnAtWhatIsOverdue() {
        plan.looked(PARTITION, NOW - 60_000, NOW);

        assertThat(plan.due(NOW + 999)).isEmpty();
        assertThat(plan.due(NOW + 1_000)).containsExactly(PARTITION);
    }

    @Test
    void looksAgainAfterTheClockWentBack() {
        plan.looked(PARTITION, SweepPlan.NO_DEADLINE, NOW);

        assertThat(plan.due(NOW - 1)).containsExactly(PARTITION);
    }
}
