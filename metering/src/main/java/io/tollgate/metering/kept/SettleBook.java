package io.tollgate.metering.kept;

import io.tollgate.metering.account.Partition;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.usage.EventPosition;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;

/** What the book of record tells of settles. */
public interface SettleBook {

    /**
     * How far a partition is booked.
     *
     * @param openEpoch everything of older epochs that is left is booked
     */
    record Booked(long openEpoch, EventPosition position) {

        /** Whether what was acknowledged there is in the book, or gone. */
        boolean hasPassed(EventPosition acknowledged) {
            return acknowledged.epoch() < openEpoch || acknowledged.compareTo(position) <= 0;
        }
    }

    /** How far these partitions are booked; those nobody has used are missing. */
    Mono<Map<Partition, Booked>> booked(Collection<Partition> partitions);

    /** Those of them whose hold was charged in the book, or is with an operator in quarantine. */
    Mono<Set<HoldId>> known(Collection<KeptSettle> settles);

    /** So many settles that were acknowledged in this epoch have been sent again: adds to what its recovery has done. */
    Mono<Void> noteResent(Partition partition, long acknowledgedEpoch, long settles);
}
