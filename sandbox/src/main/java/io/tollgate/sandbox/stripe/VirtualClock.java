package io.tollgate.sandbox.stripe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** A clock that runs along its base, and ahead of it by whatever it was advanced. */
final class VirtualClock extends Clock {
    private final Clock base;
    private volatile Duration ahead = Duration.ZERO;
    private volatile @Nullable Held held;

    /** The time that one thread sees. */
    private record Held(Thread thread, Instant instant) {}

    VirtualClock(Clock base) {
        this.base = base;
    }

    /** Never goes back: an instant already passed changes nothing. */
    void moveTo(Instant instant) {
        Duration wanted = Duration.between(base.instant(), instant);
        if (wanted.compareTo(ahead) > 0) {
            ahead = wanted;
        }
    }

    /** Runs what was due at an instant: it sees exactly that time, however late it runs and however long it takes. */
    void during(Instant instant, Runnable action) {
        held = new Held(Thread.currentThread(), instant);
        try {
            action.run();
        } finally {
            held = null;
        }
    }

    long epochSecond() {
        return instant().getEpochSecond();
    }

    @Override
    public Instant instant() {
        Held now = held;
        return now != null && now.thread().equals(Thread.currentThread())
                ? now.instant()
                : base.instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("a simulated Stripe has one zone");
    }
}
