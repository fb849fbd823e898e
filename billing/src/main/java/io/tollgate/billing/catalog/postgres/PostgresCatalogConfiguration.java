package io.tollgate.billing.catalog.postgres;

import io.tollgate.billing.catalog.CatalogChanges;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

@Configuration(proxyBeanMethods = false)
class PostgresCatalogConfiguration {

    @Bean
    CatalogChanges catalogChanges(DatabaseClient database) {
        return new PostgresCatalogChanges(database);
    }
}
