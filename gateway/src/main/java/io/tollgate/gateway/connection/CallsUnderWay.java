package io.tollgate.gateway.connection;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;

/**
 * The metered calls of this gateway that have no end yet. At a shutdown new ones are refused, while those under way may finish within a grace; what is
 * still there then is cut and charged for what was delivered.
 *
 * <p>By the time this stops, Spring Boot has turned readiness off; {@code notice} is how long load balancers have to see that before anything is refused.
 */
public final class CallsUnderWay implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(CallsUnderWay.class);

    /** Before the web server stops listening, which is before the ends of calls are drained. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 512;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final AtomicInteger count = new AtomicInteger();
    private final ShutdownProperties bounds;
    private volatile Stage stage = Stage.OPEN;

    private enum Stage {
        OPEN,
        REFUSING,
        OVER,
        STOPPED
    }

    CallsUnderWay(ShutdownProperties bounds, MeterRegistry metrics) {
        this.bounds = bounds;
        metrics.gauge("tollgate.calls.open", count);
    }

    public void begun() {
        count.incrementAndGet();
    }

    public void ended() {
        count.decrementAndGet();
    }

    /** Whether no new call is taken. */
    boolean refusing() {
        return stage != Stage.OPEN;
    }

    /** Whether the grace of those under way is over. */
    public boolean over() {
        return stage == Stage.OVER || stage == Stage.STOPPED;
    }

    @Override
    public void start() {
        stage = Stage.OPEN;
    }

    @Override
    public void stop() {
        stage = Stage.STOPPED;
    }

    @Override
    public void stop(Runnable stopped) {
        Flux.interval(bounds.notice(), LOOK_AGAIN)
                .doOnNext(_ -> stage = Stage.REFUSING)
                .takeUntil(_ -> count.get() == 0)
                .take(bounds.notice().plus(bounds.grace()))
                .doOnComplete(() -> stage = Stage.OVER)
                .thenMany(Flux.interval(LOOK_AGAIN)
                        .takeUntil(_ -> count.get() == 0)
                        .take(bounds.lastWords()))
                .doFinally(_ -> {
                    if (count.get() > 0) {
                        log.warn("{} calls are broken off by the shutdown", count.get());
                    }
                    stage = Stage.STOPPED;
                    stopped.run();
                })
                .subscribe();
    }

    @Override
    public boolean isRunning() {
        return stage != Stage.STOPPED;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
