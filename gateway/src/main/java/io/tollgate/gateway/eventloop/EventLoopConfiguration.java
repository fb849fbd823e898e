package io.tollgate.gateway.eventloop;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.resources.ConnectionProvider;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EventLoopProperties.class)
class EventLoopConfiguration {

    /** Shared by the HTTP server, the upstream clients and Redis. */
    @Bean(destroyMethod = "shutdownGracefully")
    EventLoopGroup eventLoopGroup(EventLoopProperties properties) {
        IoHandlerFactory transport = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new MultiThreadIoEventLoopGroup(
                properties.loopCount(), new DefaultThreadFactory("tollgate-loop", true), transport);
    }

    /** Makes Spring Boot's server run on our loops. */
    @Bean
    ReactorResourceFactory reactorResourceFactory(EventLoopGroup loops) {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setConnectionProvider(ConnectionProvider.newConnection());
        resources.setLoopResources(preferNative -> loops);
        return resources;
    }

    @Bean
    NettyServerCustomizer consolidateServerFlushes() {
        return server -> server.doOnChannelInit(new FlushesConsolidated());
    }

    @Bean
    NettyServerCustomizer strictRequests() {
        return server -> server.doOnChannelInit(new StrictRequests());
    }

    @Bean
    NettyServerCustomizer boundServer(EventLoopProperties properties) {
        Duration request = properties.requestTimeout();
        return server -> server.requestTimeout(request).idleTimeout(properties.idleTimeout());
    }
}
