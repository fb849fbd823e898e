package io.tollgate.gateway.api;

import io.tollgate.billing.subscription.PlanStandings;
import io.tollgate.gateway.authentication.Authentication;
import io.tollgate.gateway.balance.Positions;
import io.tollgate.metering.grant.GrantHistory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

@Configuration(proxyBeanMethods = false)
class SubscriptionApiConfiguration {

    @Bean
    RouterFunction<ServerResponse> subscriptionRoutes(
            Authentication authentication, PlanStandings standings, Positions positions, GrantHistory history) {
        return RouterFunctions.route()
                .GET("/api/subscription", new SubscriptionEndpoint(standings, positions, history)::read)
                .filter(new KeyHolder(authentication))
                .build();
    }
}
