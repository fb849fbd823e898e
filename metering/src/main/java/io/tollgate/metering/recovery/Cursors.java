package io.tollgate.metering.recovery;

import io.tollgate.metering.account.Partition;
import reactor.core.publisher.Mono;

/** The book's side of the epochs: which one each partition is in. */
public interface Cursors {

    /** The partition's epoch; 0 if none was ever opened. */
    Mono<Long> epoch(Partition partition);

    /**
     * Moves the partition to its next epoch, under its cursor's lock, and answers it. To be called with the epoch that was found
     * lost: if another gateway has moved on from it meanwhile, nothing changes and the present epoch is answered.
     */
    Mono<Long> advance(Partition partition, long lost);
}
