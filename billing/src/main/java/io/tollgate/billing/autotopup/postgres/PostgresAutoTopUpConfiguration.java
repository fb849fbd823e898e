package io.tollgate.billing.autotopup.postgres;

import io.tollgate.billing.autotopup.AutoTopUpBook;
import io.tollgate.billing.autotopup.AutoTopUpSettings;
import io.tollgate.billing.autotopup.Wishes;
import io.tollgate.billing.notice.Notices;
import io.tollgate.billing.payment.Payments;
import io.tollgate.metering.grant.Grants;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

@Configuration(proxyBeanMethods = false)
class PostgresAutoTopUpConfiguration {

    @Bean
    AutoTopUpBook autoTopUpBook(
            DatabaseClient database,
            TransactionalOperator sqlTransaction,
            Grants grants,
            Payments payments,
            Notices notices,
            AutoTopUpSettings autoTopUpSettings,
            InstantSource billingClock) {
        AttemptEnds ends = new AttemptEnds(
                database,
                sqlTransaction,
                grants,
                payments,
                new AttemptNotices(notices),
                autoTopUpSettings,
                billingClock);
        return new PostgresAutoTopUpBook(database, sqlTransaction, ends, autoTopUpSettings);
    }

    @Bean
    Wishes wishes(DatabaseClient database, TransactionalOperator sqlTransaction, Notices notices) {
        return new PostgresWishes(database, sqlTransaction, notices);
    }
}
