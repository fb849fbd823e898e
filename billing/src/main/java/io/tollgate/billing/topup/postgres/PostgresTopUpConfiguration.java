package io.tollgate.billing.topup.postgres;

import io.tollgate.billing.notice.Contacts;
import io.tollgate.billing.notice.Notices;
import io.tollgate.billing.payment.Payments;
import io.tollgate.billing.topup.TopUpBook;
import io.tollgate.metering.grant.Grants;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

@Configuration(proxyBeanMethods = false)
class PostgresTopUpConfiguration {

    @Bean
    TopUpBook topUpBook(
            DatabaseClient database,
            TransactionalOperator sqlTransaction,
            Grants grants,
            Payments payments,
            Contacts contacts,
            Notices notices,
            InstantSource billingClock) {
        return new PostgresTopUpBook(database, sqlTransaction, grants, payments, contacts, notices, billingClock);
    }
}
