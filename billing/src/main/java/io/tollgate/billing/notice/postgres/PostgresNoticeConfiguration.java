package io.tollgate.billing.notice.postgres;

import io.tollgate.billing.notice.Contacts;
import io.tollgate.billing.notice.Deliveries;
import io.tollgate.billing.notice.LowCredit;
import io.tollgate.billing.notice.Notices;
import io.tollgate.billing.notice.Routes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

@Configuration(proxyBeanMethods = false)
class PostgresNoticeConfiguration {

    @Bean
    Notices notices(DatabaseClient database, Routes routes) {
        return new PostgresNotices(database, routes);
    }

    @Bean
    Contacts contacts(DatabaseClient database) {
        return new PostgresContacts(database);
    }

    @Bean
    Deliveries noticeDeliveries(DatabaseClient database, TransactionalOperator sqlTransaction) {
        return new PostgresDeliveries(database, sqlTransaction);
    }

    @Bean
    LowCredit lowCredit(DatabaseClient database, TransactionalOperator sqlTransaction, Notices notices) {
        return new PostgresLowCredit(database, sqlTransaction, notices);
    }
}
