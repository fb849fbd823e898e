package io.tollgate.metering.recovery.postgres;

import io.tollgate.metering.recovery.Cursors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

@Configuration(proxyBeanMethods = false)
class PostgresRecoveryConfiguration {

    @Bean
    Cursors cursors(DatabaseClient database) {
        return new PostgresCursors(database);
    }
}
