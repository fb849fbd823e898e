package io.tollgate.metering.account.postgres;

import io.tollgate.metering.account.BookedAccounts;
import io.tollgate.metering.account.Partitions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

@Configuration(proxyBeanMethods = false)
class PostgresAccountConfiguration {

    @Bean
    BookedAccounts bookedAccounts(DatabaseClient database, Partitions partitions) {
        return new PostgresBookedAccounts(database, partitions);
    }

    @Bean
    InstallationCheck installationCheck(DatabaseClient database, Partitions partitions) {
        return new InstallationCheck(database, partitions);
    }
}
