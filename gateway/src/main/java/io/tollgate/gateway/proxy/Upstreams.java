package io.tollgate.gateway.proxy;

import static java.util.Objects.requireNonNull;

import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.tollgate.gateway.eventloop.FlushesConsolidated;
import io.tollgate.gateway.routing.Route;
import io.tollgate.gateway.routing.Routes;
import io.tollgate.gateway.routing.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClient.RequestSender;
import reactor.netty.resources.ConnectionProvider;

/**
 * The clients to all upstreams: for each event loop one of its own, with its own connections, so that a call goes out on the loop on which it
 * came in.
 */
final class Upstreams implements AutoCloseable {

    /** Shorter than what servers commonly keep an idle connection open for. */
    private static final Duration IDLE_CONNECTION_MAX = Duration.ofSeconds(20);

    private final IdentityHashMap<EventLoop, IdentityHashMap<Route, RequestSender>> senders = new IdentityHashMap<>();
    private final List<ConnectionProvider> pools = new ArrayList<>();

    Upstreams(EventLoopGroup loops, Routes routes) {
        for (EventExecutor executor : loops) {
            EventLoop loop = (EventLoop) executor;
            Map<String, HttpClient> clients = new HashMap<>();
            IdentityHashMap<Route, RequestSender> byRoute = new IdentityHashMap<>();
            for (Route route : routes.all()) {
                HttpClient client =
                        clients.computeIfAbsent(route.upstream().name(), _ -> client(loop, route.upstream()));
                byRoute.put(route, client.post().uri(route.upstream().endpoint()));
            }
            senders.put(loop, byRoute);
        }
    }

    RequestSender of(EventLoop loop, Route route) {
        return requireNonNull(requireNonNull(senders.get(loop)).get(route));
    }

    private HttpClient client(EventLoop loop, Upstream upstream) {
        Upstream.Timeouts timeouts = upstream.timeouts();
        ConnectionProvider pool = ConnectionProvider.builder("upstream-" + upstream.name() + "-" + pools.size())
                .maxConnections(upstream.connectionsPerLoop())
                .pendingAcquireMaxCount(2 * upstream.connectionsPerLoop())
                .pendingAcquireTimeout(timeouts.connect())
                .maxIdleTime(IDLE_CONNECTION_MAX)
                .lifo()
                .build();
        pools.add(pool);
        return HttpClient.create(pool)
                .runOn(loop)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(timeouts.connect().toMillis()))
                .doOnChannelInit(new FlushesConsolidated());
    }

    @Override
    public void close() {
        pools.forEach(ConnectionProvider::dispose);
    }
}
