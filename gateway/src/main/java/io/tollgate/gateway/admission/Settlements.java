package io.tollgate.gateway.admission;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.metering.reservation.EndResult;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.HoldRequest;
import io.tollgate.metering.reservation.HoldResult;
import io.tollgate.metering.reservation.Reservations;
import io.tollgate.metering.store.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Ends holds after their calls have been answered: what is owed to the live store outlives the request, its client and the store's absence. The one place
 * that subscribes, since nobody downstream waits.
 *
 * <p>Ends wait here without limit in time but not in number: {@link #full()} stops admission before the bound is broken. A shutdown waits for
 * them; what is still here after that is logged, and its hold expires uncharged.
 */
public final class Settlements implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Settlements.class);

    /** After the web server has stopped: until then calls may still end. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 3072;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Reservations reservations;
    private final LateCharges lateCharges;
    private final AdmissionProperties bounds;
    private final AtomicInteger pending = new AtomicInteger();
    private final Counter retried;
    private final Counter lost;
    private volatile boolean running;

    Settlements(Reservations reservations, LateCharges lateCharges, AdmissionProperties bounds, MeterRegistry metrics) {
        this.reservations = reservations;
        this.lateCharges = lateCharges;
        this.bounds = bounds;
        metrics.gauge("tollgate.holds.ends.pending", pending);
        retried = metrics.counter("tollgate.holds.ends.retried");
        lost = metrics.counter("tollgate.holds.ends.lost");
    }

    boolean full() {
        return pending.get() >= bounds.maxPendingEnds();
    }

    void end(HoldRequest hold, Ending ending) {
        pending.incrementAndGet();
        attempt(hold, ending).subscribe(new Attempt(hold, ending, bounds.retryMin()));
    }

    /** As {@link #end}, for a caller that waits for the result; if the first attempt fails, it is told nothing and the end goes on here. */
    Mono<EndResult> endAndTell(HoldRequest hold, Ending ending) {
        return attempt(hold, ending)
                .onErrorResume(StoreUnavailableException.class, _ -> {
                    end(hold, ending);
                    return Mono.empty();
                })
                .doOnCancel(() -> end(hold, ending));
    }

    /** Keeps the hold of a running call alive, or makes it again if the live store lost it; {@code refused} runs if that cannot be. */
    void renew(HoldRequest hold, Runnable refused) {
        reservations
                .hold(hold)
                .subscribe(
                        result -> {
                            if (!(result instanceof HoldResult.Held)) {
                                refused.run();
                            }
                        },
                        failure -> log.warn("hold {} could not be renewed: {}", hold.id(), failure.getMessage()));
    }

    private Mono<EndResult> attempt(HoldRequest hold, Ending ending) {
        return reservations.end(hold.account(), hold.id(), ending);
    }

    private void retry(HoldRequest hold, Ending ending, Duration wait) {
        retried.increment();
        Duration doubled = wait.multipliedBy(2);
        Duration next = doubled.compareTo(bounds.retryMax()) > 0 ? bounds.retryMax() : doubled;
        Mono.delay(wait).then(Mono.defer(() -> attempt(hold, ending))).subscribe(new Attempt(hold, ending, next));
    }

    private final class Attempt extends BaseSubscriber<EndResult> {

        private final HoldRequest hold;
        private final Ending ending;
        private final Duration wait;

        Attempt(HoldRequest hold, Ending ending, Duration wait) {
            this.hold = hold;
            this.ending = ending;
            this.wait = wait;
        }

        @Override
        protected void hookOnNext(EndResult result) {
            switch (result) {
                case EndResult.TooLate() when ending instanceof Ending.Settle settle -> chargeLate(settle);
                case EndResult.NoSuchAccount(var account) -> lose("there is no account " + account, null);
                case EndResult.Settled _,
                        EndResult.Returned _,
                        EndResult.NotDue _,
                        EndResult.NoSuchHold _,
                        EndResult.TooLate _ -> pending.decrementAndGet();
            }
        }

        @Override
        protected void hookOnError(Throwable failure) {
            if (failure instanceof StoreUnavailableException) {
                retry(hold, ending, wait);
            } else {
                lose("it failed", failure);
            }
        }

        private void chargeLate(Ending.Settle settle) {
            lateCharges
                    .charge(hold, settle)
                    .subscribe(
                            null,
                            failure -> {
                                log.warn("late charge of hold {} failed, trying again", hold.id(), failure);
                                retry(hold, ending, wait);
                            },
                            pending::decrementAndGet);
        }

        private void lose(String why, @Nullable Throwable failure) {
            pending.decrementAndGet();
            lost.increment();
            log.error("end of hold {} is lost: {}", hold.id(), why, failure);
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public void stop(Runnable stopped) {
        Flux.interval(LOOK_AGAIN)
                .takeUntil(_ -> pending.get() == 0)
                .take(bounds.drain())
                .doFinally(_ -> {
                    if (pending.get() > 0) {
                        log.error("{} ends of holds could not be delivered before the shutdown", pending.get());
                    }
                    running = false;
                    stopped.run();
                })
                .subscribe();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
