package io.tollgate.gateway.proxy;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.gateway.connection.CallsUnderWay;
import io.tollgate.gateway.connection.UpstreamPools;
import io.tollgate.gateway.connection.Watch;
import io.tollgate.gateway.upstream.UpstreamHealth;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DrainProperties.class)
class ProxyConfiguration {

    @Bean
    Drains drains(DrainProperties bounds, MeterRegistry metrics) {
        return new Drains(bounds, metrics);
    }

    @Bean
    Proxy proxy(UpstreamPools pools, UpstreamHealth health, Watch watch, CallsUnderWay calls, Drains drains) {
        return new Proxy(new CallSurroundings(pools, health, watch, calls, drains));
    }
}
