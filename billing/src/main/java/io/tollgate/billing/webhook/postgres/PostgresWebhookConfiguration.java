package io.tollgate.billing.webhook.postgres;

import io.tollgate.billing.webhook.StoredEvents;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

@Configuration(proxyBeanMethods = false)
class PostgresWebhookConfiguration {

    @Bean
    StoredEvents storedWebhookEvents(DatabaseClient database) {
        return new PostgresStoredEvents(database);
    }
}
