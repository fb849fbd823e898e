package io.tollgate.metering.reservation.postgres;

import io.tollgate.metering.reservation.BookedEnds;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

@Configuration(proxyBeanMethods = false)
class PostgresReservationConfiguration {

    @Bean
    BookedEnds bookedEnds(DatabaseClient database) {
        return new PostgresBookedEnds(database);
    }
}
