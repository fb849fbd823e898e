package io.tollgate.gateway.upstream;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.gateway.routing.Candidates;
import io.tollgate.gateway.routing.Route;
import io.tollgate.gateway.routing.Upstream;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntUnaryOperator;

/** How the upstreams are, as this gateway has found them; begins every call's {@link Attempts}. */
public final class UpstreamHealth {

    private final Map<String, Outlet> outlets = new HashMap<>();
    private final IdentityHashMap<Route, Plan> plans = new IdentityHashMap<>();

    /** One upstream and what watches over it. */
    record Outlet(Guard guard, GuardMeter meter) {}

    /** One of a route's candidates. */
    record Place(Upstream upstream, Outlet outlet) {}

    /**
     * A route's candidates, made ready for many calls.
     *
     * @param weights of the first places
     * @param draw a number from zero, below the argument
     */
    record Plan(List<Place> places, List<Integer> weights, Candidates candidates, IntUnaryOperator draw) {}

    public UpstreamHealth(Collection<Route> routes, MeterRegistry metrics, Clock clock) {
        this(routes, metrics, clock, bound -> ThreadLocalRandom.current().nextInt(bound));
    }

    UpstreamHealth(Collection<Route> routes, MeterRegistry metrics, Clock clock, IntUnaryOperator draw) {
        for (Route route : routes) {
            Candidates candidates = route.upstreams();
            List<Place> places = candidates
                    .all()
                    .map(upstream -> new Place(upstream, outlet(upstream, metrics, clock)))
                    .toList();
            List<Integer> weights =
                    candidates.first().stream().map(Candidates.Weighted::weight).toList();
            plans.put(route, new Plan(places, weights, candidates, draw));
        }
    }

    private Outlet outlet(Upstream upstream, MeterRegistry metrics, Clock clock) {
        return outlets.computeIfAbsent(upstream.name(), _ -> {
            Guard guard = new Guard(upstream, clock);
            return new Outlet(guard, new GuardMeter(guard, metrics));
        });
    }

    /** For a call of this route; nothing is taken before {@link Attempts#first()}. */
    public Attempts attempts(Route route) {
        return new Attempts(requireNonNull(plans.get(route), "not one of the gateway's routes"));
    }

    Guard guard(String upstream) {
        return requireNonNull(outlets.get(upstream)).guard();
    }
}
