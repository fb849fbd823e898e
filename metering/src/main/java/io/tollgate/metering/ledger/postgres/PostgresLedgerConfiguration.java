package io.tollgate.metering.ledger.postgres;

import io.tollgate.metering.ledger.Books;
import io.tollgate.metering.ledger.Ledger;
import io.tollgate.metering.ledger.Statements;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

@Configuration(proxyBeanMethods = false)
class PostgresLedgerConfiguration {

    @Bean
    Ledger ledger(DatabaseClient database, TransactionalOperator sqlTransaction) {
        return new PostgresLedger(database, sqlTransaction);
    }

    @Bean
    Statements statements(DatabaseClient database) {
        return new PostgresStatements(database);
    }

    @Bean
    Books books(DatabaseClient database) {
        return new PostgresBooks(database);
    }
}
