package io.tollgate.gateway.authentication;

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
    Authentication authentication(ApiKeys keys, AuthenticationProperties properties, ObjectProvider<Clock> clocks) {
        Clock clock = clocks.getIfAvailable(Clock::systemUTC);
        return new Authentication(
                new KeyCache(keys, properties, clock),
                clock,
                properties.acceptForeign() ? ForeignKeys.ACCEPTED : ForeignKeys.REFUSED);
    }
}
