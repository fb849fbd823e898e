package io.tollgate.gateway.connection;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at everything under way on one event loop, calls a few times a second and connections once: a timer for each bound of each of them would cost more than all of
 * them are worth, and nobody needs a timeout of a minute to the millisecond.
 */
public final class Rounds implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Rounds.class);

    private static final Duration EVERY = Duration.ofMillis(100);
    private static final int SLOW = 10;

    /** After a pause of that length it was we who were late: what has arrived meanwhile is to be read before anybody is judged, once. */
    private static final Duration STALL = Duration.ofMillis(500);

    private final EventLoop loop;
    private final Set<Watched> calls = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Watched> connections = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Future<?> ticking;
    private long lookedNanos = System.nanoTime();
    private boolean skipped;
    private int round;

    /** Something with a bound. All methods are called on its loop. */
    public interface Watched {
        void look(long nowNanos);
    }

    Rounds(EventLoop loop) {
        this.loop = loop;
        ticking = loop.scheduleAtFixedRate(this, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The time by which everything here is judged. */
    public long nowNanos() {
        return System.nanoTime();
    }

    public void add(Watched call) {
        calls.add(call);
    }

    public void remove(Watched call) {
        calls.remove(call);
    }

    void addConnection(Watched connection) {
        connections.add(connection);
    }

    void removeConnection(Watched connection) {
        connections.remove(connection);
    }

    boolean isMine() {
        return loop.inEventLoop();
    }

    @Override
    public void run() {
        long nowNanos = System.nanoTime();
        boolean late = nowNanos - lookedNanos > STALL.toNanos();
        lookedNanos = nowNanos;
        round++;
        skipped = late && !skipped;
        if (!skipped) {
            lookAt(calls, nowNanos);
            if (round % SLOW == 0) {
                lookAt(connections, nowNanos);
            }
        }
    }

    private static void lookAt(Set<Watched> all, long nowNanos) {
        if (all.isEmpty()) {
            return;
        }
        for (Watched one : new ArrayList<>(all)) {
            try {
                one.look(nowNanos);
            } catch (RuntimeException e) {
                // Thrown on, it would end the rounds, and with them every time limit of this loop.
                log.error("a look at {} failed", one, e);
            }
        }
    }

    void stop() {
        ticking.cancel(false);
    }
}
