package io.tollgate.metering.recovery;

import io.tollgate.metering.account.Partition;
import reactor.core.publisher.Mono;

/** The live store's side of the epochs. */
public interface Heads {

    /** {@link Epoch#NONE} where there is no head. */
    Mono<Epoch> head(Partition partition);

    /** Fences off everyone in an epoch below this one, and answers the head, whose epoch may be above. */
    Mono<Epoch> open(Partition partition, long epoch);
}
