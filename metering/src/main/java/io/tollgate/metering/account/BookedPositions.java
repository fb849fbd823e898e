package io.tollgate.metering.account;

import java.util.Collection;
import java.util.Map;
import reactor.core.publisher.Mono;

/** How far partitions are booked. */
public interface BookedPositions {

    /** Those that nobody has used are missing. */
    Mono<Map<Partition, BookedUpTo>> of(Collection<Partition> partitions);
}
