package io.tollgate.gateway.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has been started, to be stopped in the opposite order: a gateway drains into its stores, so they stop last. */
final class Teardown {

    private final Deque<Runnable> steps = new ArrayDeque<>();

    synchronized void add(Runnable step) {
        steps.push(step);
    }

    /** All of them, even if one fails; a second time there is nothing left to do. */
    synchronized void run() {
        while (!steps.isEmpty()) {
            try {
                steps.pop().run();
            } catch (RuntimeException e) {
                System.err.println("while stopping: " + e);
            }
        }
    }
}
