package io.tollgate.billing.history.postgres;

import io.tollgate.billing.history.PaymentLines;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

@Configuration(proxyBeanMethods = false)
class PostgresHistoryConfiguration {

    @Bean
    PaymentLines paymentLines(DatabaseClient database) {
        return new PostgresPaymentLines(database);
    }
}
