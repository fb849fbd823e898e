package io.tollgate.billing.subscription.postgres;

import io.tollgate.billing.notice.Notices;
import io.tollgate.billing.payment.Payments;
import io.tollgate.billing.subscription.PlanBook;
import io.tollgate.metering.grant.Allowances;
import io.tollgate.metering.ledger.Ledger;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

@Configuration(proxyBeanMethods = false)
class PostgresSubscriptionConfiguration {

    @Bean
    PlanBook planBook(
            DatabaseClient database,
            TransactionalOperator sqlTransaction,
            Allowances allowances,
            Payments payments,
            Ledger ledger,
            Notices notices) {
        return new PostgresPlanBook(database, sqlTransaction, new PlanEffects(allowances, payments, ledger, notices));
    }
}
