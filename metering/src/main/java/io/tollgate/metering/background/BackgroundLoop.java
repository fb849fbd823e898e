package io.tollgate.metering.background;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Repeats a turn of work, one at a time, with a pause in between that grows while turns fail. Stopping lets the turn under way
 * finish, then runs a last one; neither may take longer than the pace allows.
 */
public final class BackgroundLoop implements SmartLifecycle {

    /**
     * How a loop runs.
     *
     * @param pause between two turns
     * @param longestPause after failures, which double the pause each
     * @param lastTurn how long shutdown waits for the turn under way, and again for the last one
     */
    public record Pace(Duration pause, Duration longestPause, Duration lastTurn) {
        public Pace {
            if (!pause.isPositive() || !longestPause.isPositive()) {
                throw new IllegalArgumentException("a loop that never rests: it pauses " + pause + ", and "
                        + longestPause + " at the longest; both have to be longer than nothing");
            }
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundLoop.class);
    private static final int DOUBLINGS_MAX = 30;

    private final String name;
    private final Pace pace;
    private final Mono<Void> turn;
    private final Mono<Void> lastTurn;
    private final Scheduler scheduler;

    private Sinks.Empty<Void> stopping = Sinks.empty();
    private Sinks.Empty<Void> ended = Sinks.empty();
    private @Nullable Disposable running;
    private volatile boolean stop;
    private volatile int failures;
    private final LongAdder turnsMade = new LongAdder();
    private final LongAdder turnsFailed = new LongAdder();
    private final AtomicLong succeededMillis;

    /** {@code turn} is subscribed to again and again; {@code lastTurn} once, at shutdown. */
    public BackgroundLoop(String name, Pace pace, Mono<Void> turn, Mono<Void> lastTurn, Scheduler scheduler) {
        this.name = name;
        this.pace = pace;
        this.turn = turn;
        this.lastTurn = lastTurn;
        this.scheduler = scheduler;
        this.succeededMillis = new AtomicLong(scheduler.now(MILLISECONDS));
    }

    String name() {
        return name;
    }

    /** Those that are over, however they ended. */
    long turns() {
        return turnsMade.sum();
    }

    long failedTurns() {
        return turnsFailed.sum();
    }

    /** Since the last turn that did not fail, or since the loop was made. */
    Duration sinceSuccess() {
        return Duration.ofMillis(Math.max(0, scheduler.now(MILLISECONDS) - succeededMillis.get()));
    }

    @Override
    public synchronized void start() {
        if (running != null) {
            return;
        }
        stop = false;
        stopping = Sinks.empty();
        Sinks.Empty<Void> end = Sinks.empty();
        ended = end;
        running = oneTurn()
                .then(Mono.defer(this::pause))
                .repeat(() -> !stop)
                .doFinally(signal -> end.tryEmitEmpty())
                .subscribe();
    }

    @Override
    public void stop(Runnable callback) {
        Disposable loop = halt();
        if (loop == null) {
            callback.run();
            return;
        }
        // A turn that hangs is cut off: what it works on is transactional, and another gateway goes on with it.
        within("The turn under way", ended.asMono())
                .then(Mono.<Void>fromRunnable(loop::dispose))
                .then(within("The last turn", lastTurn))
                .doFinally(signal -> callback.run())
                .subscribe();
    }

    private Mono<Void> within(String what, Mono<Void> work) {
        return work.timeout(pace.lastTurn(), scheduler).onErrorResume(failure -> {
            LOG.warn("{} of {} did not end well at shutdown: {}", what, name, failure.toString());
            return Mono.empty();
        });
    }

    @Override
    public void stop() {
        Disposable loop = halt();
        if (loop != null) {
            loop.dispose();
        }
    }

    /** Started before the web server and stopped after it, so that what the last calls leave behind is seen to. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }

    private synchronized @Nullable Disposable halt() {
        Disposable loop = running;
        running = null;
        stop = true;
        stopping.tryEmitEmpty();
        return loop;
    }

    private Mono<Void> oneTurn() {
        return turn.doOnSuccess(done -> succeeded())
                .onErrorResume(failure -> {
                    failed(failure);
                    return Mono.empty();
                })
                .doFinally(signal -> turnsMade.increment());
    }

    private Mono<Void> pause() {
        Duration grown = pace.pause().multipliedBy(1L << Math.min(failures, DOUBLINGS_MAX));
        Duration wanted = grown.compareTo(pace.longestPause()) > 0 && failures > 0 ? pace.longestPause() : grown;
        return Mono.firstWithSignal(Mono.delay(wanted, scheduler).then(), stopping.asMono());
    }

    private void succeeded() {
        succeededMillis.set(scheduler.now(MILLISECONDS));
        if (failures > 0) {
            LOG.info("{} works again after {} failed turns", name, failures);
            failures = 0;
        }
    }

    private void failed(Throwable failure) {
        turnsFailed.increment();
        failures = Math.min(failures + 1, DOUBLINGS_MAX);
        if (failures == 1) {
            LOG.warn("A turn of {} failed and will be tried again", name, failure);
        } else {
            LOG.debug("A turn of {} failed again ({})", name, failures, failure);
        }
    }
}
