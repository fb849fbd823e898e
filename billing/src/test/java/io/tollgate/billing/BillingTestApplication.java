package io.tollgate.billing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;

/** Billing and metering as the gateway wires them, without the gateway and without what metering's own tests wire. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan(
        basePackages = {"io.tollgate.billing", "io.tollgate.metering"},
        excludeFilters =
                @ComponentScan.Filter(type = FilterType.REGEX, pattern = "io\\.tollgate\\.metering\\.wiring\\..*"))
class BillingTestApplication {

    @Bean(destroyMethod = "shutdownGracefully")
    EventLoopGroup eventLoops() {
        return new MultiThreadIoEventLoopGroup(
                2, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    @Bean
    MeterRegistry meters() {
        return new SimpleMeterRegistry();
    }
}
