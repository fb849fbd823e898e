package io.tollgate.metering.recovery;

import io.tollgate.metering.account.Partition;
import reactor.core.publisher.Mono;

/** Puts a partition on a new footing after the live store lost something of it. */
public interface Recovery {

    /**
     * Opens the next epoch in both stores unless that has been done since {@code lost}: gateways still on the old one are fenced off and
     * accounts are seeded again on their next use. Entries of older epochs stay in the stream until they are booked. Not to be
     * called while the partition's cursor is locked.
     */
    Mono<Void> renew(Partition partition, long lost);

    /**
     * Learns what a refused caller has missed, or renews the partition if it is the live store that has. Afterwards the call may
     * be tried again.
     *
     * @param believed what the caller knew when it sent its call
     * @param head what the live store answered, {@link Epoch#NONE} for no head
     */
    Mono<Void> afterStale(Partition partition, Epoch believed, Epoch head);
}
