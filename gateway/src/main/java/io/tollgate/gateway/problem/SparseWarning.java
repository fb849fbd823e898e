package io.tollgate.gateway.problem;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Logs what may happen thousands of times a second: the first time at once, then at most one line in each pause, which says how
 * many were left out before it. What is left out last is counted by the first line of the next time.
 */
final class SparseWarning {

    private final Logger log;
    private final long pauseNanos;
    private final LongSupplier nanoTime;
    private final AtomicLong dueNanos;
    private final AtomicLong leftOut = new AtomicLong();

    SparseWarning(Logger log, Duration pause, LongSupplier nanoTime) {
        this.log = log;
        this.pauseNanos = pause.toNanos();
        this.nanoTime = nanoTime;
        this.dueNanos = new AtomicLong(nanoTime.getAsLong());
    }

    void warn(String what) {
        long now = nanoTime.getAsLong();
        long due = dueNanos.get();
        // Of several callers at once that find it due, one logs.
        if (now - due < 0 || !dueNanos.compareAndSet(due, now + pauseNanos)) {
            leftOut.incrementAndGet();
            return;
        }
        long before = leftOut.getAndSet(0);
        if (before == 0) {
            log.warn("{}", what);
        } else {
            log.warn("{} (and {} times since the line before this one)", what, before);
        }
    }
}
