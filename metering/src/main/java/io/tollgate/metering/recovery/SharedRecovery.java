package io.tollgate.metering.recovery;

import io.tollgate.metering.account.Partition;
import io.tollgate.metering.store.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Lets all calls that meet the same partition's loss share one recovery of it, a bounded number of partitions at a time, and wait
 * for it no longer than a call can. The recovery goes on when nobody waits any more.
 */
public final class SharedRecovery implements Recovery {

    private final Recovery recovery;
    private final SingleFlight<Partition, Void> flights;
    private final Turns turns;
    private final Duration patience;

    /**
     * @param partitions how many there are
     * @param atOnce the most that are recovered at the same time; others wait for their turn
     * @param patience how long a caller waits before it is told that the store is unavailable
     */
    public SharedRecovery(Recovery recovery, int partitions, int atOnce, Duration patience) {
        this.recovery = recovery;
        this.flights = new SingleFlight<>(partitions);
        this.turns = new Turns(atOnce);
        this.patience = patience;
    }

    /** How many partitions this gateway is recovering or about to. */
    public int underWay() {
        return flights.size();
    }

    @Override
    public Mono<Void> recover(Partition partition, long lost, Loss.Cause cause) {
        return join(partition, () -> recovery.recover(partition, lost, cause));
    }

    @Override
    public Mono<Void> afterStale(Partition partition, Epoch believed, Epoch head) {
        return join(partition, () -> recovery.afterStale(partition, believed, head));
    }

    private Mono<Void> join(Partition partition, Supplier<Mono<Void>> work) {
        return flights.join(partition, () -> turns.take(Mono.defer(work)))
                .timeout(patience)
                .onErrorMap(
                        TimeoutException.class,
                        late -> new StoreUnavailableException(
                                "partition " + partition.number() + " is still being recovered"));
    }
}
