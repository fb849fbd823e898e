package io.tollgate.loadtest.springcloudgateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.gateway.filter.ratelimit.KeyResolver;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Mono;

/** Its route is in {@code application.yml}. */
@SpringBootApplication(proxyBeanMethods = false)
public class SpringCloudGatewayApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(SpringCloudGatewayApplication.class, arguments);
    }

    /** A bucket for each API key, as the documentation of RequestRateLimiter shows it. */
    @Bean
    KeyResolver apiKeyResolver() {
        return exchange -> Mono.justOrEmpty(exchange.getRequest().getHeaders().getFirst("Authorization"));
    }
}
