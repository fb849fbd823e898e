package io.tollgate.sandbox.stores;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Where the bytes of a {@link FaultProxy} wait. A change reaches those that already wait. */
final class Gate {
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long delayNanos;
    private boolean closed;

    void pass() throws InterruptedException {
        lock.lock();
        try {
            long since = System.nanoTime();
            while (closed || left(since) > 0) {
                if (closed) {
                    changed.await();
                } else {
                    var _ = changed.awaitNanos(left(since));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private long left(long since) {
        return delayNanos - (System.nanoTime() - since);
    }

    void delay(Duration each) {
        change(() -> delayNanos = each.toNanos());
    }

    void close() {
        change(() -> closed = true);
    }

    void open() {
        change(() -> {
            closed = false;
            delayNanos = 0;
        });
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
