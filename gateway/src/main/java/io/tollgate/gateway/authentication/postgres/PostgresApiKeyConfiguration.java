package io.tollgate.gateway.authentication.postgres;

import io.tollgate.gateway.authentication.AccountGroups;
import io.tollgate.gateway.authentication.ApiKeys;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

@Configuration(proxyBeanMethods = false)
class PostgresApiKeyConfiguration {

    @Bean
    ApiKeys apiKeys(DatabaseClient database) {
        return new PostgresApiKeys(database);
    }

    @Bean
    AccountGroups accountGroups(DatabaseClient database) {
        return new PostgresAccountGroups(database);
    }
}
