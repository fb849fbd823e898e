package io.tollgate.gateway.proxy;

import io.tollgate.gateway.connection.CallsUnderWay;
import io.tollgate.gateway.connection.UpstreamPools;
import io.tollgate.gateway.connection.Watch;
import io.tollgate.gateway.upstream.UpstreamHealth;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ProxyConfiguration {

    @Bean
    Proxy proxy(UpstreamPools pools, UpstreamHealth health, Watch watch, CallsUnderWay calls) {
        return new Proxy(new CallSurroundings(pools, health, watch, calls));
    }
}
