package io.tollgate.billing.planchange.postgres;

import io.tollgate.billing.planchange.ChangeBook;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

@Configuration(proxyBeanMethods = false)
class PostgresPlanChangeConfiguration {

    @Bean
    ChangeBook changeBook(DatabaseClient database) {
        return new PostgresChangeBook(database);
    }
}
