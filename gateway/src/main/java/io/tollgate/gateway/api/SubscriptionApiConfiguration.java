package io.tollgate.gateway.api;

import io.tollgate.billing.planchange.PlanChanges;
import io.tollgate.billing.planchange.PlanEnds;
import io.tollgate.billing.planchange.PortalDesk;
import io.tollgate.billing.subscription.PlanStandings;
import io.tollgate.gateway.authentication.Authentication;
import io.tollgate.gateway.balance.Positions;
import io.tollgate.gateway.topup.TopUpLinks;
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
            Authentication authentication,
            SubscriptionEndpoint standing,
            PlanChanges changes,
            PlanEnds ends,
            PortalDesk portal,
            TopUpLinks links) {
        PlanChangeEndpoint changing = new PlanChangeEndpoint(changes);
        PlanEndEndpoint ending = new PlanEndEndpoint(ends, portal, links, standing);
        return RouterFunctions.route()
                .GET("/api/subscription", standing::read)
                .POST("/api/subscription/preview", changing::preview)
                .POST("/api/subscription/change", changing::change)
                .POST("/api/subscription/cancel", ending::cancel)
                .POST("/api/subscription/reactivate", ending::reactivate)
                .POST("/api/subscription/pause", ending::pause)
                .POST("/api/subscription/resume", ending::resume)
                .POST("/api/portal", ending::openPortal)
                .filter(new KeyHolder(authentication))
                .build();
    }

    @Bean
    SubscriptionEndpoint subscriptionEndpoint(PlanStandings standings, Positions positions, GrantHistory history) {
        return new SubscriptionEndpoint(standings, positions, history);
    }
}
