package io.tollgate.billing.reconciliation.postgres;

import io.tollgate.billing.reconciliation.BookedGrants;
import io.tollgate.billing.reconciliation.BookedPlans;
import io.tollgate.billing.reconciliation.BookedReturns;
import io.tollgate.billing.reconciliation.BookedSales;
import io.tollgate.billing.reconciliation.EventWalks;
import io.tollgate.billing.reconciliation.Findings;
import io.tollgate.billing.reconciliation.KnownEvents;
import io.tollgate.billing.reconciliation.LeftIntents;
import io.tollgate.billing.reconciliation.StripeRuns;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

@Configuration(proxyBeanMethods = false)
class PostgresStripeReconciliationConfiguration {

    /** Rows in one look; those that are asked about one by one take long. */
    private static final int GRANTS = 50;

    private static final int INTENTS = 200;

    @Bean
    StripeRuns stripeRuns(DatabaseClient database, TransactionalOperator sqlTransaction) {
        return new PostgresStripeRuns(database, sqlTransaction, new PostgresFindings(database));
    }

    @Bean
    Findings stripeFindings(DatabaseClient database) {
        return new PostgresFindings(database);
    }

    @Bean
    EventWalks eventWalks(DatabaseClient database) {
        return new PostgresEventWalks(database);
    }

    @Bean
    KnownEvents knownEvents(DatabaseClient database) {
        return new PostgresKnownEvents(database);
    }

    @Bean
    BookedSales bookedSessions(DatabaseClient database) {
        return PostgresBookedSales.bySession(database);
    }

    @Bean
    BookedSales bookedIntents(DatabaseClient database) {
        return PostgresBookedSales.byIntent(database);
    }

    @Bean
    BookedGrants bookedGrants(DatabaseClient database) {
        return new PostgresBookedGrants(database, GRANTS);
    }

    @Bean
    LeftIntents leftIntents(DatabaseClient database) {
        return new PostgresLeftIntents(database, INTENTS);
    }

    @Bean
    BookedReturns bookedReturns(DatabaseClient database) {
        return new PostgresBookedReturns(database);
    }

    @Bean
    BookedPlans bookedPlans(DatabaseClient database) {
        return new PostgresBookedPlans(database);
    }
}
