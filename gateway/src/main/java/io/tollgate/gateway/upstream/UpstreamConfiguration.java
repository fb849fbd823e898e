package io.tollgate.gateway.upstream;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.gateway.routing.Routes;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {

    @Bean
    UpstreamHealth upstreamHealth(Routes routes, MeterRegistry metrics, ObjectProvider<Clock> clocks) {
        return new UpstreamHealth(routes.all(), metrics, clocks.getIfAvailable(Clock::systemUTC));
    }
}
