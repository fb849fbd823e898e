package io.tollgate.gateway.connection;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Looks at everything under way on one event loop, calls a few times a second and connections once: a timer for each bound of each of them would cost more than all of
 * them are worth, and nobody needs a timeout of a minute to the millisecond.
 */
public final class Rounds implements Runnable {

    private static final Duration EVERY = Duration.ofMillis(100);
    private static final int SLOW = 10;

    /** After a pause of that length it was we who were late: what has arrived meanwhile is to be read before anybody is judged. */
    private static final Duration STALL = Duration.ofMillis(500);

    private final EventLoop loop;
    private final Set<Watched> calls = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Watched> connections = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Future<?> ticking;
    private long nowNanos = System.nanoTime();
    private int round;

    /** Something with a bound. All methods are called on its loop. */
    public interface Watched {
        void look(long nowNanos);
    }

    Rounds(EventLoop loop) {
        this.loop = loop;
        ticking = loop.scheduleAtFixedRate(this, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** {@link System#nanoTime()} as of the last round: exact enough for a timeout, and free. */
    public long nowNanos() {
        return nowNanos;
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
        long before = nowNanos;
        nowNanos = System.nanoTime();
        round++;
        if (nowNanos - before > STALL.toNanos()) {
            return;
        }
        lookAt(calls);
        if (round % SLOW == 0) {
            lookAt(connections);
        }
    }

    private void lookAt(Set<Watched> all) {
        if (!all.isEmpty()) {
            List<Watched> present = new ArrayList<>(all);
            present.forEach(one -> one.look(nowNanos));
        }
    }

    void stop() {
        ticking.cancel(false);
    }
}
