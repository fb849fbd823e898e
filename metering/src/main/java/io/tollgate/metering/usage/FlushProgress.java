package io.tollgate.metering.usage;

import io.tollgate.metering.account.Partition;
import io.tollgate.metering.account.Partitions;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How far the book is known to be behind the live store, as this gateway sees it: it knows what it caused itself, not what other
 * gateways did.
 */
public final class FlushProgress {

    private final Partitions partitions;
    private final Function<Partition, EventPosition> witnessed;
    private final AtomicReferenceArray<@Nullable EventPosition> booked;
    private final AtomicReferenceArray<@Nullable EventPosition> first;

    /** {@code witnessed} tells the last event of a partition that this gateway has been told of. */
    public FlushProgress(Partitions partitions, Function<Partition, EventPosition> witnessed) {
        this.partitions = partitions;
        this.witnessed = witnessed;
        this.booked = new AtomicReferenceArray<>(partitions.count());
        this.first = new AtomicReferenceArray<>(partitions.count());
    }

    List<Partition> all() {
        return partitions.all().toList();
    }

    /** Those with events that are not known to be booked; costs no I/O. */
    List<Partition> behind() {
        return partitions.all().filter(this::isBehind).toList();
    }

    private boolean isBehind(Partition partition) {
        EventPosition seen = seen(partition);
        return seen.number() > 0 && !isBooked(partition, seen);
    }

    void booked(Partition partition, EventPosition position) {
        booked.set(partition.number(), position);
    }

    EventPosition seen(Partition partition) {
        return witnessed.apply(partition);
    }

    boolean isBooked(Partition partition, EventPosition position) {
        EventPosition known = booked.get(partition.number());
        return known != null && known.compareTo(position) >= 0;
    }

    /**
     * How many events of a partition are not known to be booked. Before its cursor was ever read only those count that were seen
     * after the first look: what came before may have been booked long ago.
     */
    long missing(Partition partition) {
        EventPosition seen = seen(partition);
        EventPosition known = booked.get(partition.number());
        return known == null ? since(firstSeen(partition, seen), seen) : since(known, seen);
    }

    // In a new epoch the count starts again, and what is missing of the older ones this gateway cannot know.
    private static long since(EventPosition known, EventPosition seen) {
        if (known.epoch() != seen.epoch()) {
            return known.epoch() > seen.epoch() ? 0 : seen.number();
        }
        return Math.max(0, seen.number() - known.number());
    }

    private EventPosition firstSeen(Partition partition, EventPosition seen) {
        EventPosition before = first.compareAndExchange(partition.number(), null, seen);
        return before == null ? seen : before;
    }
}
