package io.tollgate.gateway.webhook;

import io.tollgate.billing.webhook.WebhookInbox;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    @Bean
    RouterFunction<ServerResponse> webhookRoutes(
            WebhookInbox inbox, @Value("${tollgate.billing.webhook.body-max-bytes:524288}") int bodyMaxBytes) {
        WebhookEndpoint endpoint = new WebhookEndpoint(inbox, bodyMaxBytes);
        return RouterFunctions.route()
                .POST("/api/webhooks/stripe", endpoint::receive)
                .build();
    }
}
