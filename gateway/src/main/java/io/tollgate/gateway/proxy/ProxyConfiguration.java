package io.tollgate.gateway.proxy;

import io.tollgate.gateway.connection.CallsUnderWay;
import io.tollgate.gateway.connection.UpstreamPools;
import io.tollgate.gateway.connection.Watch;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ProxyConfiguration {

    @Bean
    Proxy proxy(UpstreamPools pools, Watch watch, CallsUnderWay calls) {
        return new Proxy(new CallSurroundings(pools, watch, calls));
    }
}
