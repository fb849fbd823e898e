package io.tollgate.billing.order.postgres;

import io.tollgate.billing.order.Orders;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

@Configuration(proxyBeanMethods = false)
class PostgresOrderConfiguration {

    @Bean
    Orders topUpOrders(DatabaseClient database, TransactionalOperator sqlTransaction) {
        return new PostgresOrders(database, sqlTransaction);
    }
}
