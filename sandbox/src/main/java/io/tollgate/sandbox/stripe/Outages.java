package io.tollgate.sandbox.stripe;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Decides which requests suffer, and holds those that wait. */
final class Outages {
    /** A request is let go after this time even if nobody ends the outage. */
    private static final long WAIT_SECONDS_MAX = 120;

    private final AtomicInteger waiting = new AtomicInteger();
    private Outage mode = Outage.NONE;
    private long left;
    private CountDownLatch ended = new CountDownLatch(0);

    /** What one request meets, and the end it has to wait for. */
    record Fate(Outage outage, CountDownLatch ended, AtomicInteger waiting) {
        void awaitEnd() {
            waiting.incrementAndGet();
            try {
                boolean _ = ended.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } finally {
                waiting.decrementAndGet();
            }
        }
    }

    /** Ends what was before and lets its requests go; a count of 0 lasts until the next call. */
    synchronized void set(Outage next, int count) {
        ended.countDown();
        mode = next;
        left = count == 0 ? Long.MAX_VALUE : count;
        ended = new CountDownLatch(next == Outage.NONE ? 0 : 1);
    }

    synchronized Outage mode() {
        return left > 0 ? mode : Outage.NONE;
    }

    /** How many requests the outage holds right now. */
    int waiting() {
        return waiting.get();
    }

    synchronized Fate next() {
        if (mode == Outage.NONE || left == 0) {
            return new Fate(Outage.NONE, ended, waiting);
        }
        left--;
        return new Fate(mode, ended, waiting);
    }
}
