package io.tollgate.billing.checkout.postgres;

import io.tollgate.billing.checkout.Customers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

@Configuration(proxyBeanMethods = false)
class PostgresCheckoutConfiguration {

    @Bean
    Customers stripeCustomers(DatabaseClient database) {
        return new PostgresCustomers(database);
    }
}
