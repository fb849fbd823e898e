package io.tollgate.metering.reservation.redis;

import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.reservation.HoldSweeper;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sweeps every partition again and again while the application runs; a pass that fails is made up for by the next. */
final class SweepLoop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SweepLoop.class);

    private static final int PARTITIONS_AT_ONCE = 16;

    private final HoldSweeper sweeper;
    private final Partitions partitions;
    private final Duration interval;
    private final Disposable.Swap running = Disposables.swap();
    private volatile boolean started;

    SweepLoop(HoldSweeper sweeper, Partitions partitions, Duration interval) {
        this.sweeper = sweeper;
        this.partitions = partitions;
        this.interval = interval;
    }

    @Override
    public void start() {
        started = true;
        running.update(Flux.interval(interval)
                .onBackpressureDrop()
                .concatMap(tick -> pass(), 1)
                .subscribe());
    }

    @Override
    public void stop() {
        started = false;
        running.update(Disposables.disposed());
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    private Mono<Void> pass() {
        return Flux.fromStream(partitions::all)
                .flatMap(sweeper::sweep, PARTITIONS_AT_ONCE)
                .then()
                .doOnError(e -> log.warn("holds could not be swept: {}", e.toString()))
                .onErrorComplete();
    }
}
