package io.tollgate.gateway.connection;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.concurrent.EventExecutor;
import io.tollgate.gateway.eventloop.Transport;
import io.tollgate.gateway.routing.Upstream;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import javax.net.ssl.SSLException;

/**
 * The connections to all upstreams: for each event loop its own, so that a call goes out on the loop on which it came in.
 */
public final class UpstreamPools implements AutoCloseable {

    private final IdentityHashMap<EventLoop, Map<String, UpstreamPool>> pools = new IdentityHashMap<>();
    private final AddressResolverGroup<InetSocketAddress> names;

    /**
     * No connection yet.
     *
     * @throws IllegalStateException if TLS is not to be had
     */
    UpstreamPools(Transport transport, Watch watch, Collection<Upstream> upstreams, MeterRegistry metrics) {
        names = new DnsAddressResolverGroup(new DnsNameResolverBuilder()
                .datagramChannelType(transport.datagrams())
                .socketChannelType(transport.sockets()));
        SslContext tls = tls();
        for (EventExecutor executor : transport.loops()) {
            EventLoop loop = (EventLoop) executor;
            Map<String, UpstreamPool> byName = new HashMap<>();
            for (Upstream upstream : upstreams) {
                UpstreamPool pool = new UpstreamPool(
                        upstream,
                        bootstrap(transport, loop, upstream),
                        upstream.isTls() ? tls : null,
                        loop,
                        watch.on(loop));
                byName.put(upstream.name(), pool);
                loop.execute(() -> watch.on(loop).addConnection(pool));
            }
            pools.put(loop, byName);
        }
        upstreams.forEach(upstream -> Gauge.builder("tollgate.upstream.connections", () -> open(upstream))
                .tag("upstream", upstream.name())
                .description("Connections to the upstream, in use and idle")
                .register(metrics));
    }

    public UpstreamPool of(EventLoop loop, Upstream upstream) {
        return requireNonNull(requireNonNull(pools.get(loop)).get(upstream.name()));
    }

    private int open(Upstream upstream) {
        return pools.values().stream()
                .mapToInt(byName -> requireNonNull(byName.get(upstream.name())).open())
                .sum();
    }

    private Bootstrap bootstrap(Transport transport, EventLoop loop, Upstream upstream) {
        return new Bootstrap()
                .group(loop)
                .channel(transport.sockets())
                .resolver(names)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(upstream.timeouts().connect().toMillis()))
                .remoteAddress(
                        InetSocketAddress.createUnresolved(upstream.endpoint().getHost(), upstream.port()));
    }

    private static SslContext tls() {
        try {
            return SslContextBuilder.forClient().build();
        } catch (SSLException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    @Override
    public void close() {
        names.close();
    }
}
