package io.tollgate.metering.reservation.redis;

import io.tollgate.metering.account.Partition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/**
 * When each partition is to be looked at again: when its first deadline comes, but not before the next turn, and not much later,
 * since another gateway may make a hold with an earlier one.
 */
final class SweepPlan {

    static final long NO_DEADLINE = Long.MAX_VALUE;
    private static final int TURNS_WITHOUT_A_LOOK = 5;

    private final AtomicLongArray nextMillis;
    private final long soonMillis;
    private final long lateMillis;

    SweepPlan(int partitions, Duration turn) {
        this.nextMillis = new AtomicLongArray(partitions);
        this.soonMillis = turn.toMillis();
        this.lateMillis = turn.multipliedBy(TURNS_WITHOUT_A_LOOK).toMillis();
    }

    /** All that have not been looked at long enough, or ever; after a clock went back, all. */
    List<Partition> due(long nowMillis) {
        return IntStream.range(0, nextMillis.length())
                .filter(partition -> isDue(nextMillis.get(partition), nowMillis))
                .mapToObj(Partition::new)
                .toList();
    }

    void looked(Partition partition, long firstDeadlineMillis, long nowMillis) {
        long next = Math.clamp(firstDeadlineMillis, nowMillis + soonMillis, nowMillis + lateMillis);
        nextMillis.set(partition.number(), next);
    }

    private boolean isDue(long next, long nowMillis) {
        return next <= nowMillis || next - nowMillis > lateMillis;
    }
}
