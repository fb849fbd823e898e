package io.tollgate.metering.usage;

import io.tollgate.metering.account.Partition;
import reactor.core.publisher.Mono;

/** The live store's streams of events, one per partition, waiting to be booked. */
public interface UsageStream {

    /** Reads at most {@code count} entries behind {@code after}, and the one at {@code after} if it is still there. */
    Mono<UsageBatch> read(Partition partition, EventPosition after, int count);

    /** Removes the entries below {@code oldestKept}, which itself stays as the anchor of the next read. */
    Mono<Void> trim(Partition partition, EventPosition oldestKept);
}
