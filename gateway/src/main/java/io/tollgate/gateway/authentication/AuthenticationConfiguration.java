package io.tollgate.gateway.authentication;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.gateway.authentication.Authentication.ForeignKeys;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuthenticationProperties.class)
class AuthenticationConfiguration {

    @Bean
    Authentication authentication(
            ApiKeys keys, AuthenticationProperties properties, ObjectProvider<Clock> clocks, MeterRegistry metrics) {
        Clock clock = clocks.getIfAvailable(Clock::systemUTC);
        KeyCache cache = new KeyCache(keys, properties, clock);
        metrics.gauge("tollgate.keys.loading", cache, KeyCache::underWay);
        return new Authentication(
                cache, clock, properties.acceptForeign() ? ForeignKeys.ACCEPTED : ForeignKeys.REFUSED);
    }
}
