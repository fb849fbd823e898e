package io.tollgate.metering.recovery;

import io.tollgate.metering.account.Partition;
import reactor.core.publisher.Mono;

/** The book's side of the epochs: which one each partition is in. */
public interface Cursors {

    /**
     * The partition's epoch and, as what is seen of it, the number of its last booked event: 0 if nothing of this epoch is booked
     * yet. A partition nobody has used is in epoch 0.
     */
    Mono<Epoch> epoch(Partition partition);

    /**
     * Moves the partition to an epoch above {@code lost}, under its cursor's lock, and answers it. If another gateway has moved on
     * from {@code lost} meanwhile, nothing changes and the present epoch is answered. What is booked of older epochs stays.
     */
    Mono<Long> advance(Partition partition, long lost);
}
