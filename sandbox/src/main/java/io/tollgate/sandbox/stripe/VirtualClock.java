package io.tollgate.sandbox.stripe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** A clock that runs along its base, and ahead of it by whatever it was advanced. */
final class VirtualClock extends Clock {
    private final Clock base;
    private volatile Duration ahead = Duration.ZERO;

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

    long epochSecond() {
        return instant().getEpochSecond();
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead);
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
