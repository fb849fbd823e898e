package io.tollgate.gateway.routing;

import io.tollgate.gateway.routing.Candidates.Retries;
import io.tollgate.gateway.routing.Candidates.Weighted;
import io.tollgate.gateway.routing.RoutingProperties.BreakerProperties;
import io.tollgate.gateway.routing.RoutingProperties.RetryProperties;
import io.tollgate.gateway.routing.RoutingProperties.RouteProperties;
import io.tollgate.gateway.routing.RoutingProperties.TimeoutProperties;
import io.tollgate.gateway.routing.RoutingProperties.UpstreamProperties;
import io.tollgate.gateway.routing.RoutingProperties.WeightedProperties;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads where a route's calls may go. What makes no sense ends the start, with a message that names the setting. */
final class CandidatesReader {

    private static final int RETRIES_MOST = 10;
    private static final int WEIGHT_MOST = 1_000_000;

    private final Map<String, UpstreamProperties> known;

    CandidatesReader(Map<String, UpstreamProperties> known) {
        this.known = known;
        known.forEach(CandidatesReader::check);
    }

    Candidates of(RouteProperties route) {
        String at = "route " + route.name();
        List<WeightedProperties> first = first(at, route);
        if (first.size() + route.fallbacks().size() > Candidates.MOST) {
            throw new IllegalArgumentException(at + " names more than " + Candidates.MOST + " upstreams");
        }
        Set<String> named = new HashSet<>();
        return new Candidates(
                first.stream().map(one -> weighted(at, route, one, named)).toList(),
                route.fallbacks().stream()
                        .map(name -> upstream(at, route, name, named))
                        .toList(),
                retries(at, route.retries()),
                route.onTooManyRequests());
    }

    private static List<WeightedProperties> first(String at, RouteProperties route) {
        String single = route.upstream();
        if (single == null && route.upstreams().isEmpty()) {
            throw new IllegalArgumentException(at + " names no upstream: give upstream or upstreams");
        }
        if (single != null && !route.upstreams().isEmpty()) {
            throw new IllegalArgumentException(at + " has upstream and upstreams: give one of them");
        }
        return single == null ? route.upstreams() : List.of(new WeightedProperties(single, 1));
    }

    private Weighted weighted(String at, RouteProperties route, WeightedProperties one, Set<String> named) {
        Upstream upstream = upstream(at, route, one.name(), named);
        Checks.inRange(at + ": the weight of upstream " + one.name(), one.weight(), 1, WEIGHT_MOST);
        return new Weighted(upstream, one.weight());
    }

    private Upstream upstream(String at, RouteProperties route, @Nullable String name, Set<String> named) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException(at + " has an upstream without a name");
        }
        UpstreamProperties upstream = known.get(name);
        if (upstream == null || upstream.url() == null) {
            throw new IllegalArgumentException(
                    at + " names the upstream " + name + ", which tollgate.upstreams does not have");
        }
        if (!named.add(name)) {
            throw new IllegalArgumentException(at + " names the upstream " + name + " twice");
        }
        return upstream(route, name, upstream, upstream.url());
    }

    private static Upstream upstream(RouteProperties route, String name, UpstreamProperties upstream, URI base) {
        TimeoutProperties timeouts = upstream.timeouts();
        BreakerProperties breaker = upstream.breaker();
        return new Upstream(
                name,
                URI.create(base.toString().replaceFirst("/+$", "")
                        + route.dialect().pathUpstream()),
                upstream.apiKey().isEmpty() ? "" : "Bearer " + upstream.apiKey(),
                new Upstream.Timeouts(timeouts.connect(), timeouts.firstByte(), timeouts.idle(), timeouts.total()),
                upstream.tellAccount() ? Upstream.Account.NAMED : Upstream.Account.UNNAMED,
                upstream.connectionsPerLoop(),
                new Upstream.Breaker(
                        breaker.failurePercent(),
                        breaker.window(),
                        breaker.callsAtLeast(),
                        breaker.openFor(),
                        breaker.probes()),
                new Upstream.Bulkhead(upstream.bulkhead().callsMost()));
    }

    private static Retries retries(String at, RetryProperties retries) {
        Checks.inRange(at + ": retries.most", retries.most(), 0, RETRIES_MOST);
        Checks.positive(at + ": retries.pause", retries.pause());
        Checks.notBelow(at + ": retries.pause-most", retries.pauseMost(), retries.pause());
        return new Retries(retries.most(), retries.pause(), retries.pauseMost());
    }

    private static void check(String name, UpstreamProperties upstream) {
        String at = "tollgate.upstreams." + name;
        URI url = upstream.url();
        if (url == null
                || url.getHost() == null
                || !Set.of("http", "https").contains(String.valueOf(url.getScheme()))) {
            throw new IllegalArgumentException(at + ".url is not an http or https URL");
        }
        TimeoutProperties timeouts = upstream.timeouts();
        Checks.positive(at + ".timeouts.connect", timeouts.connect());
        Checks.positive(at + ".timeouts.first-byte", timeouts.firstByte());
        Checks.positive(at + ".timeouts.idle", timeouts.idle());
        Checks.positive(at + ".timeouts.total", timeouts.total());
        Checks.inRange(at + ".connections-per-loop", upstream.connectionsPerLoop(), 1, 65_535);
        BreakerProperties breaker = upstream.breaker();
        Checks.inRange(at + ".breaker.failure-percent", breaker.failurePercent(), 1, 100);
        Checks.inRange(at + ".breaker.window", breaker.window(), 1, 10_000);
        Checks.inRange(at + ".breaker.calls-at-least", breaker.callsAtLeast(), 1, breaker.window());
        Checks.positive(at + ".breaker.open-for", breaker.openFor());
        Checks.inRange(at + ".breaker.probes", breaker.probes(), 1, 1_000);
        Checks.inRange(at + ".bulkhead.calls-most", upstream.bulkhead().callsMost(), 1, 1_000_000);
    }
}
