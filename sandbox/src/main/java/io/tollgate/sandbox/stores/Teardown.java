package io.tollgate.sandbox.stores;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Undoes what was started, last first. There is no shutdown hook on purpose: hooks run side by side, and ours would take
 * the stores from an application that is still draining; when the JVM is gone, the {@link Guardian} or Testcontainers'
 * own reaper cleans up.
 */
final class Teardown implements AutoCloseable {
    private final Deque<Runnable> steps = new ArrayDeque<>();

    synchronized void add(Runnable step) {
        steps.push(step);
    }

    // One step that fails must not keep the others from running.
    @Override
    public synchronized void close() {
        RuntimeException first = null;
        while (!steps.isEmpty()) {
            try {
                steps.pop().run();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
