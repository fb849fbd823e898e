package io.tollgate.gateway.admin;

import io.tollgate.billing.webhook.StoredEvents;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

@Configuration(proxyBeanMethods = false)
class WebhookEventsConfiguration {

    @Bean
    RouterFunction<ServerResponse> webhookEventsRoutes(StoredEvents events, Audit audit, AdminSettings settings) {
        WebhookEventsEndpoint endpoint = new WebhookEventsEndpoint(events, audit, settings.pageMax());
        return RouterFunctions.route()
                .GET("/admin/api/webhook-events/buried", endpoint::buried)
                .POST("/admin/api/webhook-events/{event}/requeue", endpoint::requeue)
                .filter(new AdminAccess(settings))
                .build();
    }
}
