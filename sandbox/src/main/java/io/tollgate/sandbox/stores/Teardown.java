package io.tollgate.sandbox.stores;

import java.util.ArrayDeque;
import java.util.Deque;

/** Undoes what was started, last first, when asked or when the JVM ends. */
final class Teardown implements AutoCloseable {
    private final Deque<Runnable> steps = new ArrayDeque<>();
    private final Thread hook = new Thread(this::run, "stores-teardown");

    Teardown() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    synchronized void add(Runnable step) {
        steps.push(step);
    }

    @Override
    public void close() {
        run();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is on its way down: the hook finds nothing left to do.
            return;
        }
    }

    // One step that fails must not keep the others from running.
    private synchronized void run() {
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
