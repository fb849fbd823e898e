package io.tollgate.gateway.upstream;

import io.tollgate.gateway.problem.Problem;
import io.tollgate.gateway.routing.Candidates.OnTooManyRequests;
import io.tollgate.gateway.routing.Candidates.Retries;
import io.tollgate.gateway.routing.Upstream;
import io.tollgate.gateway.upstream.Guard.Entry;
import io.tollgate.gateway.upstream.UpstreamHealth.Place;
import io.tollgate.gateway.upstream.UpstreamHealth.Plan;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One call's way through its route's upstreams, up to the first byte of its answer: {@link #first()}, then {@code after…} each attempt that came to nothing,
 * then {@link #answered()}; {@link #end()} however the call ends. What an attempt has taken of its upstream is given back exactly once. For one
 * thread at a time.
 */
public final class Attempts {

    private static final int LOWEST_STATUS_OF_FAILURE = 500;
    private static final int TOO_MANY_REQUESTS = 429;

    private final Plan plan;
    private long tried;
    private int begun;
    private int retried;
    private int round;
    private Duration pause = Duration.ZERO;
    private @Nullable Place at;
    private Entry entry = Entry.PERMITTED;
    private boolean judged;
    private Refusals refusals = Refusals.NONE;
    private @Nullable Failure lastFailure;

    /** Why nobody could be asked. */
    private enum Refusals {
        NONE,
        ILL,
        FULL
    }

    Attempts(Plan plan) {
        this.plan = plan;
    }

    /** Who is to be asked; null if nobody can be, and {@link #problem()} says why. */
    public @Nullable Upstream first() {
        return next();
    }

    /** Who is to be asked, after {@link #pause()}, instead of passing on an answer with this status; null if it is to be passed on. */
    public @Nullable Upstream afterStatus(int status) {
        if (status >= LOWEST_STATUS_OF_FAILURE) {
            return after(Failure.FAILED);
        }
        boolean another =
                status == TOO_MANY_REQUESTS && plan.candidates().onTooManyRequests() == OnTooManyRequests.FALL_BACK;
        return another ? after(Failure.LIMITED) : null;
    }

    /** Who is to be asked next, after {@link #pause()}; null if nobody is left. */
    public @Nullable Upstream after(Failure why) {
        failed(why);
        return next();
    }

    /** The attempt has failed, and nobody else is to be asked. */
    public void failed(Failure why) {
        Place place = at;
        if (place == null) {
            throw new IllegalStateException("no attempt is under way");
        }
        place.outlet().meter().failed(why);
        lastFailure = why;
        if (!judged && why.isOfHealth()) {
            judged = true;
            place.outlet().guard().failed(entry);
        }
        end();
    }

    /** How long to wait before the attempt that was just given. */
    public Duration pause() {
        return pause;
    }

    /** The client's answer begins: from here on there is no other attempt, and what happens says nothing of the upstream's health. */
    public void answered() {
        Place place = at;
        if (place != null && !judged) {
            judged = true;
            place.outlet().guard().succeeded(entry);
        }
    }

    /** The attempt is over; does nothing if none is under way. */
    public void end() {
        Place place = at;
        if (place == null) {
            return;
        }
        at = null;
        if (!judged) {
            place.outlet().guard().saidNothing(entry);
        }
        place.outlet().guard().leave();
    }

    /** What to tell a client that has nothing of an answer, and for whom nobody else is asked. */
    public Problem problem() {
        return switch (lastFailure) {
            case null -> refusals == Refusals.FULL ? overloaded() : ill();
            case UNREACHABLE, BROKEN, FAILED, LIMITED ->
                Problem.of(502, "upstream_unavailable", "The upstream cannot be reached. You are not charged.");
            case SLOW ->
                Problem.of(504, "upstream_timeout", "The upstream has not answered in time. You are not charged.");
            case CROWDED -> overloaded();
        };
    }

    private static Problem overloaded() {
        return Problem.of(
                        503,
                        "upstream_overloaded",
                        "As many calls as may be are under way to the upstream. You are not charged.")
                .header("Retry-After", "1");
    }

    private Problem ill() {
        long millis = plan.places().stream()
                .mapToLong(place -> place.outlet().guard().illFor().toMillis())
                .filter(left -> left > 0)
                .min()
                .orElse(0);
        return Problem.of(
                        503,
                        "upstream_ill",
                        "The upstream has failed too often of late and is left alone for a while. You are not charged.")
                .header("Retry-After", Long.toString(Math.max(1, Math.ceilDiv(millis, 1_000L))));
    }

    private @Nullable Upstream next() {
        Retries retries = plan.candidates().retries();
        if (round > 0 && retried == retries.most()) {
            return null;
        }
        Place place = enterUntried();
        if (place == null && begun > 0 && retried < retries.most()) {
            round++;
            tried = 0;
            place = enterUntried();
        }
        if (place == null) {
            return null;
        }
        if (round > 0) {
            pause = pauseBefore(retries);
            retried++;
            place.outlet().meter().retried();
        } else if (begun > 0 || refusals != Refusals.NONE) {
            place.outlet().meter().fellBack();
        }
        begun++;
        at = place;
        judged = false;
        return place.upstream();
    }

    private @Nullable Place enterUntried() {
        for (int index = untried(); index >= 0; index = untried()) {
            tried |= 1L << index;
            Place place = plan.places().get(index);
            Entry asked = place.outlet().guard().enter();
            switch (asked) {
                case PERMITTED, PROBE -> {
                    entry = asked;
                    return place;
                }
                case ILL -> {
                    place.outlet().meter().passedOverIll();
                    refusals = refusals == Refusals.FULL ? Refusals.FULL : Refusals.ILL;
                }
                case FULL -> {
                    place.outlet().meter().passedOverFull();
                    refusals = Refusals.FULL;
                }
            }
        }
        return null;
    }

    /** One of the first, by weight; if none of them is left, the first of the fallbacks; below zero if there is none either. */
    private int untried() {
        int first = plan.weights().size();
        int weights = 0;
        for (int i = 0; i < first; i++) {
            weights += isTried(i) ? 0 : plan.weights().get(i);
        }
        if (weights == 0) {
            int fallback = Math.max(first, Long.numberOfTrailingZeros(~tried >>> first << first));
            return fallback < plan.places().size() ? fallback : -1;
        }
        int drawn = first == 1 ? 0 : plan.draw().applyAsInt(weights);
        for (int i = 0; i < first; i++) {
            drawn -= isTried(i) ? 0 : plan.weights().get(i);
            if (drawn < 0) {
                return i;
            }
        }
        throw new IllegalStateException("drawn beyond all weights");
    }

    private boolean isTried(int index) {
        return (tried & 1L << index) != 0;
    }

    /** Between half of it and all of it, so that calls that failed together do not come back together. */
    private Duration pauseBefore(Retries retries) {
        long doubled = retries.pause().toMillis() << retried;
        long most = Math.min(doubled, retries.pauseMost().toMillis());
        return Duration.ofMillis(most - ThreadLocalRandom.current().nextLong(most / 2 + 1));
    }
}
