package io.tollgate.metering.postgres;

import static io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider.LOCK_WAIT_TIMEOUT;
import static io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider.STATEMENT_TIMEOUT;
import static io.r2dbc.spi.ConnectionFactoryOptions.CONNECT_TIMEOUT;

import io.r2dbc.spi.ConnectionFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.r2dbc.autoconfigure.ConnectionFactoryOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.transaction.ReactiveTransactionManager;

/** Gives every statement a bound, and every SQL transaction an end. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PostgresSettings.class)
class PostgresPlumbingConfiguration {

    @Bean
    ConnectionFactoryOptionsBuilderCustomizer postgresTimeouts(PostgresSettings settings) {
        return options -> options.option(CONNECT_TIMEOUT, settings.connectTimeout())
                .option(STATEMENT_TIMEOUT, settings.statementTimeout())
                .option(LOCK_WAIT_TIMEOUT, settings.lockTimeout());
    }

    @Bean
    ReactiveTransactionManager sqlTransactions(ConnectionFactory connections) {
        return new SteadyTransactionManager(new R2dbcTransactionManager(connections));
    }
}
