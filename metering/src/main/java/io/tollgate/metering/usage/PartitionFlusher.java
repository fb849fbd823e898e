package io.tollgate.metering.usage;

import io.tollgate.metering.account.Partition;
import reactor.core.publisher.Mono;

/** Books what a partition's stream holds. */
public interface PartitionFlusher {

    /**
     * Completes once every event that was in the stream when this was subscribed to is booked, whichever gateway booked it.
     */
    Mono<Void> flush(Partition partition);
}
