package io.tollgate.gateway.proxy;

import io.netty.channel.EventLoopGroup;
import io.tollgate.gateway.routing.Routes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ProxyConfiguration {

    @Bean
    Upstreams upstreams(EventLoopGroup loops, Routes routes) {
        return new Upstreams(loops, routes);
    }

    @Bean
    Watch watch(EventLoopGroup loops) {
        return new Watch(loops);
    }

    @Bean
    Proxy proxy(Upstreams upstreams, Watch watch) {
        return new Proxy(upstreams, watch);
    }
}
