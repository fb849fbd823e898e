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
import java.util.function.BiFunction;
import java.util.function.Consumer;
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
    private final BiFunction<HoldRequest, Ending.Settle, Mono<Void>> lateCharge;
    private final AdmissionProperties bounds;
    private final AtomicInteger pending = new AtomicInteger();
    private final Counter retried;
    private final Counter lost;
    private final Counter raised;
    private final Counter raisesRefused;
    private final Counter raisesFailed;
    private volatile boolean running;

    Settlements(
            Reservations reservations,
            BiFunction<HoldRequest, Ending.Settle, Mono<Void>> lateCharge,
            AdmissionProperties bounds,
            MeterRegistry metrics) {
        this.reservations = reservations;
        this.lateCharge = lateCharge;
        this.bounds = bounds;
        metrics.gauge("tollgate.holds.ends.pending", pending);
        retried = metrics.counter("tollgate.holds.ends.retried");
        lost = metrics.counter("tollgate.holds.ends.lost");
        raised = metrics.counter("tollgate.holds.raises", "result", "held");
        raisesRefused = metrics.counter("tollgate.holds.raises", "result", "refused");
        raisesFailed = metrics.counter("tollgate.holds.raises", "result", "failed");
    }

    boolean full() {
        return pending.get() >= bounds.maxPendingEnds();
    }

    void end(HoldRequest hold, Ending ending) {
        end(hold, ending, () -> {});
    }

    /** As {@link #end(HoldRequest, Ending)}; {@code delivered} runs when the end no longer waits here. */
    void end(HoldRequest hold, Ending ending, Runnable delivered) {
        pending.incrementAndGet();
        Runnable done = () -> {
            pending.decrementAndGet();
            delivered.run();
        };
        attempt(hold, ending).subscribe(new Attempt(hold, ending, done, bounds.retryMin(), bounds.unexpectedRetries()));
    }

    /** As {@link #end(HoldRequest, Ending, Runnable)}, for a caller that waits for the result; unless the first attempt gives one, it is told nothing and the end goes on here. */
    Mono<EndResult> endAndTell(HoldRequest hold, Ending ending, Runnable delivered) {
        return Mono.defer(() -> {
            pending.incrementAndGet();
            return attempt(hold, ending)
                    .filter(result -> !(result instanceof EndResult.TooLate))
                    .doOnNext(_ -> delivered.run())
                    .onErrorComplete()
                    .switchIfEmpty(Mono.<EndResult>empty().doOnSubscribe(_ -> end(hold, ending, delivered)))
                    .doOnCancel(() -> end(hold, ending, delivered))
                    .doFinally(_ -> pending.decrementAndGet());
        });
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

    /** Asks for more for a running call, once; {@code answer} or {@code failure} is told what became of it. */
    void raise(HoldRequest hold, Consumer<HoldResult> answer, Consumer<Throwable> failure) {
        reservations.hold(hold).doOnNext(this::count).doOnError(this::count).subscribe(answer, failure);
    }

    private void count(HoldResult result) {
        (result instanceof HoldResult.Held ? raised : raisesRefused).increment();
    }

    private void count(Throwable failure) {
        raisesFailed.increment();
        if (!(failure instanceof StoreUnavailableException)) {
            log.warn("a hold could not be raised", failure);
        }
    }

    private Mono<EndResult> attempt(HoldRequest hold, Ending ending) {
        return reservations.end(hold.account(), hold.id(), ending);
    }

    private Duration doubled(Duration wait) {
        Duration doubled = wait.multipliedBy(2);
        return doubled.compareTo(bounds.retryMax()) > 0 ? bounds.retryMax() : doubled;
    }

    private final class Attempt extends BaseSubscriber<EndResult> {

        private final HoldRequest hold;
        private final Ending ending;
        private final Runnable done;
        private final Duration wait;
        private final int unexpectedLeft;

        Attempt(HoldRequest hold, Ending ending, Runnable done, Duration wait, int unexpectedLeft) {
            this.hold = hold;
            this.ending = ending;
            this.done = done;
            this.wait = wait;
            this.unexpectedLeft = unexpectedLeft;
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
                        EndResult.TooLate _ -> done.run();
            }
        }

        @Override
        protected void hookOnError(Throwable failure) {
            if (failure instanceof StoreUnavailableException) {
                again(unexpectedLeft);
            } else if (unexpectedLeft > 0) {
                log.warn("end of hold {} failed, {} tries are left", hold.id(), unexpectedLeft, failure);
                again(unexpectedLeft - 1);
            } else {
                lose("it failed too often", failure);
            }
        }

        private void again(int unexpectedLeftThen) {
            retried.increment();
            Mono.delay(wait)
                    .then(Mono.defer(() -> attempt(hold, ending)))
                    .subscribe(new Attempt(hold, ending, done, doubled(wait), unexpectedLeftThen));
        }

        private void chargeLate(Ending.Settle settle) {
            lateCharge.apply(hold, settle).subscribe(null, this::hookOnError, done);
        }

        private void lose(String why, @Nullable Throwable failure) {
            done.run();
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
