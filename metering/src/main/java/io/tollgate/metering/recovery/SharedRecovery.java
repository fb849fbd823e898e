package io.tollgate.metering.recovery;

import io.tollgate.metering.account.Partition;
import reactor.core.publisher.Mono;

/** Lets all calls that meet the same partition's loss share one recovery of it. */
public final class SharedRecovery implements Recovery {

    private final Recovery recovery;
    private final SingleFlight<Partition, Void> flights;

    public SharedRecovery(Recovery recovery, int partitionsAtOnce) {
        this.recovery = recovery;
        this.flights = new SingleFlight<>(partitionsAtOnce);
    }

    @Override
    public Mono<Void> renew(Partition partition, long lost) {
        return flights.join(partition, () -> recovery.renew(partition, lost));
    }

    @Override
    public Mono<Void> afterStale(Partition partition, Epoch believed, Epoch head) {
        return flights.join(partition, () -> recovery.afterStale(partition, believed, head));
    }
}
