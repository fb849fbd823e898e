package io.tollgate.gateway.connection;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.tollgate.gateway.eventloop.Transport;
import io.tollgate.gateway.routing.Routes;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.NettyPipeline;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ConnectionProperties.class, ShutdownProperties.class})
class ConnectionConfiguration {

    @Bean
    Watch watch(EventLoopGroup loops) {
        return new Watch(loops);
    }

    @Bean
    CallsUnderWay callsUnderWay(ShutdownProperties bounds, MeterRegistry metrics) {
        return new CallsUnderWay(bounds, metrics);
    }

    @Bean
    UpstreamPools upstreamPools(Transport transport, Watch watch, Routes routes, MeterRegistry metrics) {
        return new UpstreamPools(transport, watch, routes.upstreams(), metrics);
    }

    /**
     * Puts a {@link ClientConnection} between the HTTP codec and the server.
     *
     * @throws IllegalStateException with HTTP/2 switched on: on it metered routes would not be found, which is better said at the start
     */
    @Bean
    NettyServerCustomizer meteredConnections(
            Routes routes,
            MeteredService service,
            CallsUnderWay calls,
            ConnectionProperties bounds,
            Watch watch,
            @Value("${server.http2.enabled:false}") boolean http2) {
        if (http2) {
            throw new IllegalStateException(
                    "server.http2.enabled must be off: metered routes speak HTTP/1.1. Let a load balancer in front speak HTTP/2.");
        }
        Metered metered = new Metered(routes, service, calls, bounds);
        return server -> server.requestTimeout(bounds.requestTimeout()).doOnChannelInit((_, channel, _) -> {
            if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
                channel.pipeline()
                        .addAfter(
                                NettyPipeline.HttpCodec,
                                ClientConnection.class.getName(),
                                client(metered, watch, channel));
            }
        });
    }

    private static ClientConnection client(Metered metered, Watch watch, Channel channel) {
        return new ClientConnection(metered, watch.on(channel.eventLoop()), channel);
    }
}
