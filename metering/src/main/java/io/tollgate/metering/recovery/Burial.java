package io.tollgate.metering.recovery;

import io.tollgate.metering.account.Partition;
import reactor.core.publisher.Mono;

/** What is to be done about holds that came back open. */
public interface Burial {

    /**
     * Ends, without an event, every open hold of the partition that has ended by the book, with the outcome it has there, and
     * answers how many. Signals {@link io.tollgate.metering.store.StoreUnavailableException} once the partition has left {@code epoch}.
     */
    Mono<Long> bury(Partition partition, long epoch);
}
