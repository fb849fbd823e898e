package io.tollgate.metering.grant.postgres;

import io.tollgate.metering.command.Commands;
import io.tollgate.metering.grant.Allowances;
import io.tollgate.metering.grant.Clawbacks;
import io.tollgate.metering.grant.GrantHistory;
import io.tollgate.metering.grant.Grants;
import io.tollgate.metering.ledger.Ledger;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

@Configuration(proxyBeanMethods = false)
class PostgresGrantConfiguration {

    @Bean
    Grants grants(DatabaseClient database, TransactionalOperator sqlTransaction, Commands commands, Ledger ledger) {
        return new PostgresGrants(database, sqlTransaction, commands, ledger);
    }

    @Bean
    Clawbacks clawbacks(DatabaseClient database, TransactionalOperator sqlTransaction, Commands commands) {
        return new PostgresClawbacks(database, sqlTransaction, commands);
    }

    @Bean
    Allowances allowances(DatabaseClient database, TransactionalOperator sqlTransaction, Commands commands) {
        return new PostgresAllowances(database, sqlTransaction, commands);
    }

    @Bean
    GrantHistory grantHistory(DatabaseClient database) {
        return new PostgresGrantHistory(database);
    }
}
