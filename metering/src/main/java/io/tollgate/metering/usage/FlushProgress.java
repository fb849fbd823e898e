package io.tollgate.metering.usage;

import io.tollgate.metering.account.Partition;
import io.tollgate.metering.account.Partitions;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/**
 * How far the book is known to be behind the live store, as this gateway sees it: it knows what it caused itself, not what other
 * gateways did.
 */
public final class FlushProgress {

    private final Partitions partitions;
    private final Function<Partition, EventPosition> witnessed;
    private final AtomicReferenceArray<EventPosition> booked;

    /** {@code witnessed} tells the last event of a partition that this gateway has been told of. */
    public FlushProgress(Partitions partitions, Function<Partition, EventPosition> witnessed) {
        this.partitions = partitions;
        this.witnessed = witnessed;
        this.booked = new AtomicReferenceArray<>(partitions.count());
    }

    List<Partition> all() {
        return partitions.all().toList();
    }

    /** Those with events that are not known to be booked; costs no I/O. */
    List<Partition> behind() {
        return partitions.all().filter(partition -> missing(partition) > 0).toList();
    }

    /** How many events are not known to be booked. */
    long backlog() {
        return partitions.all().mapToLong(this::missing).sum();
    }

    void booked(Partition partition, EventPosition position) {
        booked.set(partition.number(), position);
    }

    // In a new epoch the count starts again, and what is missing of the older ones this gateway cannot know.
    private long missing(Partition partition) {
        EventPosition seen = witnessed.apply(partition);
        EventPosition known = booked.get(partition.number());
        if (known == null || known.epoch() < seen.epoch()) {
            return seen.number();
        }
        return known.epoch() > seen.epoch() ? 0 : Math.max(0, seen.number() - known.number());
    }
}
