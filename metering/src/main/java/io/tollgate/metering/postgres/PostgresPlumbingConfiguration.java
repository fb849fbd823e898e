package io.tollgate.metering.postgres;

import static io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider.LOCK_WAIT_TIMEOUT;
import static io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider.STATEMENT_TIMEOUT;
import static io.r2dbc.spi.ConnectionFactoryOptions.CONNECT_TIMEOUT;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.r2dbc.autoconfigure.ConnectionFactoryOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives every statement a bound. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PostgresSettings.class)
class PostgresPlumbingConfiguration {

    @Bean
    ConnectionFactoryOptionsBuilderCustomizer postgresTimeouts(PostgresSettings settings) {
        return options -> options.option(CONNECT_TIMEOUT, settings.connectTimeout())
                .option(STATEMENT_TIMEOUT, settings.statementTimeout())
                .option(LOCK_WAIT_TIMEOUT, settings.lockTimeout());
    }
}
