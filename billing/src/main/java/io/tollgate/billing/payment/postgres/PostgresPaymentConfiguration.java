package io.tollgate.billing.payment.postgres;

import io.tollgate.billing.payment.Payments;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

@Configuration(proxyBeanMethods = false)
class PostgresPaymentConfiguration {

    @Bean
    Payments payments(DatabaseClient database) {
        return new PostgresPayments(database);
    }
}
