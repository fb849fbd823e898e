package io.tollgate.billing.order.postgres;

import io.tollgate.billing.order.Orders;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

@Configuration(proxyBeanMethods = false)
class PostgresOrderConfiguration {

    @Bean
    Orders topUpOrders(DatabaseClient database) {
        return new PostgresOrders(database);
    }
}
