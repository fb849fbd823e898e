package io.tollgate.metering.recovery;

import io.tollgate.metering.account.Partition;
import io.tollgate.metering.usage.LossRecovery;
import reactor.core.publisher.Mono;

/** Puts a partition on a new footing after a store has lost something of it. Not to be called while its cursor is locked. */
public interface Recovery extends LossRecovery {

    /** Recovers from the loss of everything up to epoch {@code lost}; finishes what another gateway has begun. */
    Mono<Void> recover(Partition partition, long lost, Loss.Cause cause);

    /** As found by whoever reads the stream. */
    @Override
    default Mono<Void> recover(Partition partition, long lost) {
        return recover(partition, lost, Loss.Cause.STREAM_BROKEN);
    }

    /**
     * Learns what a refused caller has missed, or recovers the partition if it is a store that has. Afterwards the call may be tried
     * again.
     *
     * @param believed what the caller knew when it sent its call
     * @param head what the live store answered, {@link Epoch#NONE} for no head
     */
    Mono<Void> afterStale(Partition partition, Epoch believed, Epoch head);
}
