package io.tollgate.metering.command.postgres;

import io.tollgate.metering.command.Commands;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

@Configuration(proxyBeanMethods = false)
class PostgresCommandConfiguration {

    @Bean
    Commands commands(DatabaseClient database, TransactionalOperator sqlTransaction) {
        return new PostgresCommands(database, sqlTransaction);
    }
}
