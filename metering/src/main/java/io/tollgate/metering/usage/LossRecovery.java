package io.tollgate.metering.usage;

import io.tollgate.metering.account.Partition;
import reactor.core.publisher.Mono;

/** Who is told that a partition's stream and its cursor do not fit. */
public interface LossRecovery {

    /** Recovers the partition from the loss of everything up to {@code lost}, unless that has been done. */
    Mono<Void> recover(Partition partition, long lost);
}
