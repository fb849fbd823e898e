package io.tollgate.gateway.eventloop;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
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
        return new MultiThreadIoEventLoopGroup(
                properties.loopCount(), new DefaultThreadFactory("tollgate-loop", true), Transport.ioHandlers());
    }

    @Bean
    Transport transport(EventLoopGroup loops) {
        return Transport.on(loops);
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
}
