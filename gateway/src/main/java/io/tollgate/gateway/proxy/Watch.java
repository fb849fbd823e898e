package io.tollgate.gateway.proxy;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the calls under way on each event loop a few times a second: a timer for each bound of each call would cost more than all of them are worth,
 * and nobody needs a timeout of a minute to the millisecond.
 */
final class Watch implements AutoCloseable {

    private static final Duration EVERY = Duration.ofMillis(100);

    /** After a pause of that length it was we who were late: what has arrived meanwhile is to be read before anybody is judged. */
    private static final Duration STALL = Duration.ofMillis(500);

    private final IdentityHashMap<EventLoop, Rounds> rounds = new IdentityHashMap<>();

    /** A call under way. All methods are called on its loop. */
    interface Watched {
        void look(long nowNanos);
    }

    Watch(EventLoopGroup loops) {
        for (EventExecutor executor : loops) {
            EventLoop loop = (EventLoop) executor;
            Rounds own = new Rounds(loop);
            own.ticking = loop.scheduleAtFixedRate(own, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
            rounds.put(loop, own);
        }
    }

    Rounds on(EventLoop loop) {
        Rounds own = rounds.get(loop);
        if (own == null) {
            throw new IllegalArgumentException("not one of the gateway's event loops");
        }
        return own;
    }

    @Override
    public void close() {
        rounds.values().forEach(Rounds::stop);
    }

    /** The calls of one loop. */
    static final class Rounds implements Runnable {

        private final EventLoop loop;
        private final Set<Watched> calls = Collections.newSetFromMap(new IdentityHashMap<>());
        private Future<?> ticking;
        private long nowNanos = System.nanoTime();

        Rounds(EventLoop loop) {
            this.loop = loop;
            this.ticking = loop.newSucceededFuture(null);
        }

        /** {@link System#nanoTime()} as of the last round: exact enough for a timeout, and free. */
        long nowNanos() {
            return nowNanos;
        }

        void add(Watched call) {
            calls.add(call);
        }

        void remove(Watched call) {
            if (loop.inEventLoop()) {
                calls.remove(call);
            } else {
                loop.execute(() -> calls.remove(call));
            }
        }

        @Override
        public void run() {
            long before = nowNanos;
            nowNanos = System.nanoTime();
            boolean stalled = nowNanos - before > STALL.toNanos();
            if (!stalled && !calls.isEmpty()) {
                List<Watched> present = new ArrayList<>(calls);
                present.forEach(call -> call.look(nowNanos));
            }
        }

        private void stop() {
            ticking.cancel(false);
        }
    }
}
