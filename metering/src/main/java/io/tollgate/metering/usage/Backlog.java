package io.tollgate.metering.usage;

import io.tollgate.metering.account.Partition;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many events wait to be booked, and for how long, as far as this gateway knows; and how many may. Asking is cheap enough to be
 * done for each call: what was counted a moment ago is answered again, so the bound is overshot by what happens in a moment.
 */
public final class Backlog {

    private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final FlushProgress progress;
    private final List<Partition> partitions;
    private final long most;
    private final LongSupplier nanoClock;
    private final Map<Partition, Waiting> waiting = new HashMap<>();
    private volatile @Nullable Count latest;

    private record Count(long events, long oldestNanos, long takenNanos) {}

    /** An event that is not booked, when it was first known, and a later one to go on with once it is. */
    private record Waiting(
            EventPosition position,
            long sinceNanos,
            @Nullable Waiting next) {}

    public Backlog(FlushProgress progress, long most, LongSupplier nanoClock) {
        if (most < 1) {
            throw new IllegalArgumentException("a backlog of at most " + most);
        }
        this.progress = progress;
        this.partitions = progress.all();
        this.most = most;
        this.nanoClock = nanoClock;
    }

    /** Whether no more calls should be let in before some events are booked. */
    public boolean isFull() {
        return count().events() >= most;
    }

    long events() {
        return count().events();
    }

    long most() {
        return most;
    }

    /** For how long this gateway has known of the oldest event that waits; zero if none does. */
    Duration age() {
        return Duration.ofNanos(count().oldestNanos());
    }

    private Count count() {
        Count count = latest;
        long now = nanoClock.getAsLong();
        return count != null && now - count.takenNanos() < MOMENT_NANOS ? count : take(now);
    }

    private synchronized Count take(long now) {
        long events = 0;
        long oldest = 0;
        for (Partition partition : partitions) {
            long missing = progress.missing(partition);
            events += missing;
            Waiting first = missing == 0 ? null : firstWaiting(partition, now);
            if (first == null) {
                waiting.remove(partition);
            } else {
                waiting.put(partition, first);
                oldest = Math.max(oldest, now - first.sinceNanos());
            }
        }
        Count count = new Count(events, oldest, now);
        latest = count;
        return count;
    }

    private Waiting firstWaiting(Partition partition, long now) {
        Waiting seen = new Waiting(progress.seen(partition), now, null);
        Waiting first = waiting.get(partition);
        while (first != null && progress.isBooked(partition, first.position())) {
            first = first.next();
        }
        return first == null
                ? seen
                : new Waiting(first.position(), first.sinceNanos(), first.next() == null ? seen : first.next());
    }
}
