package io.tollgate.sandbox.stripe;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * What will happen by itself, in virtual time: a session expires, later a subscription renews. Nothing runs on a
 * timer; due work runs before each request and while the clock is advanced. Guarded by the turn of {@link Simulation}.
 */
final class Timeline {
    private record Due(Instant at, long order, Runnable action) {}

    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
    private final VirtualClock clock;
    private long scheduled;

    Timeline(VirtualClock clock) {
        this.clock = clock;
    }

    VirtualClock clock() {
        return clock;
    }

    void at(Instant instant, Runnable action) {
        due.add(new Due(instant, scheduled++, action));
    }

    void runDue() {
        runUntil(clock.instant());
    }

    /** Steps through what falls due, so that each action sees the time it was due at, then arrives. */
    void advanceTo(Instant target) {
        runUntil(target);
        clock.moveTo(target);
    }

    private void runUntil(Instant target) {
        for (Due next = due.peek(); next != null && !next.at().isAfter(target); next = due.peek()) {
            due.remove();
            clock.moveTo(next.at());
            clock.during(next.at(), next.action());
        }
    }
}
