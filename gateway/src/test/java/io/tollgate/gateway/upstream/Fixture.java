package io.tollgate.gateway.upstream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.gateway.routing.Candidates;
import io.tollgate.gateway.routing.Candidates.OnTooManyRequests;
import io.tollgate.gateway.routing.Candidates.Retries;
import io.tollgate.gateway.routing.Candidates.Weighted;
import io.tollgate.gateway.routing.Route;
import io.tollgate.gateway.routing.Upstream;
import io.tollgate.metering.reservation.Ending.Overage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** A route over upstreams {@code a}, {@code b}, … whose breakers open after four calls of which half failed, for ten seconds. */
final class Fixture {

    static final Duration OPEN_FOR = Duration.ofSeconds(10);
    static final int CALLS_AT_LEAST = 4;
    static final int PROBES = 2;

    final MovableClock clock = new MovableClock();
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Route route;
    final UpstreamHealth health;

    Fixture(Candidates candidates, IntUnaryOperator draw) {
        route = new Route(
                "chat",
                "/chat",
                candidates,
                Map.of(),
                Overage.DEBT,
                1,
                1,
                1,
                1,
                Route.LowerCap.WHERE_ABSENT,
                Route.WhenRedisIsDown.REFUSE,
                Route.WhenClientLeaves.CANCEL);
        health = new UpstreamHealth(List.of(route), metrics, clock, draw);
    }

    /** The first named upstream first, the others as fallbacks. */
    static Fixture inOrder(int retries, String... names) {
        List<Upstream> upstreams =
                List.of(names).stream().map(name -> upstream(name, 100)).toList();
        return new Fixture(
                new Candidates(
                        List.of(new Weighted(upstreams.getFirst(), 1)),
                        upstreams.subList(1, upstreams.size()),
                        retries(retries),
                        OnTooManyRequests.PASS_ON),
                _ -> 0);
    }

    static Retries retries(int most) {
        return new Retries(most, Duration.ofMillis(100), Duration.ofMillis(300));
    }

    static Upstream upstream(String name, int callsMost) {
        Duration patience = Duration.ofMinutes(1);
        return new Upstream(
                name,
                URI.create("http://" + name + ".test"),
                "",
                new Upstream.Timeouts(patience, patience, patience, patience),
                Upstream.Account.UNNAMED,
                1,
                new Upstream.Breaker(50, 10, CALLS_AT_LEAST, OPEN_FOR, PROBES),
                new Upstream.Bulkhead(callsMost));
    }

    Attempts attempts() {
        return health.attempts(route);
    }

    Guard guard(String upstream) {
        return health.guard(upstream);
    }

    /** So many calls that {@code upstream}, being the first, does not answer. */
    void fail(int calls) {
        for (int i = 0; i < calls; i++) {
            Attempts attempts = attempts();
            attempts.first();
            attempts.after(Failure.UNREACHABLE);
            attempts.end();
        }
    }

    double count(String metric, String upstream) {
        return metrics.get(metric).tag("upstream", upstream).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }
}
