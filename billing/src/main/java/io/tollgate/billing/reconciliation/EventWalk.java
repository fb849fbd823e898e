package io.tollgate.billing.reconciliation;

import io.tollgate.billing.reconciliation.PublishedEvents.Which;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a walk over Stripe's events has come.
 *
 * @param walkedUntil everything before is walked; null if nothing is
 * @param window what is being walked, youngest first; null between two windows
 * @param after the event up to which the window is walked; null for none of it
 */
public record EventWalk(
        Which which,
        @Nullable Instant walkedUntil,
        @Nullable Period window,
        @Nullable String after) {

    /** With a window to walk if it had none; null if there is nothing to walk yet. */
    @Nullable
    EventWalk begun(Instant now, EventRecovery.Reach reach) {
        if (window != null) {
            return this;
        }
        Instant from = walkedUntil == null ? now.minus(reach.first()) : walkedUntil.minus(reach.overlap());
        Instant eldest = now.minus(EventRecovery.Reach.STRIPE_KEEPS);
        Instant until = now.minus(reach.lag());
        Instant begin = from.isBefore(eldest) ? eldest : from;
        // Nothing but the overlap is nothing new.
        return begin.isBefore(until) && (walkedUntil == null || walkedUntil.isBefore(until))
                ? new EventWalk(which, walkedUntil, new Period(begin, until), null)
                : null;
    }

    /** After a page that leads on to {@code next}, or was the window's last. */
    EventWalk onTo(@Nullable String next) {
        return next == null
                ? new EventWalk(which, window == null ? walkedUntil : window.until(), null, null)
                : new EventWalk(which, walkedUntil, window, next);
    }
}
