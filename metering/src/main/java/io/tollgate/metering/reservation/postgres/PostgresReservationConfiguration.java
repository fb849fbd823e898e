package io.tollgate.metering.reservation.postgres;

import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.reservation.BookedEnds;
import io.tollgate.metering.reservation.LateCharges;
import io.tollgate.metering.usage.PartitionFlusher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

@Configuration(proxyBeanMethods = false)
class PostgresReservationConfiguration {

    @Bean
    BookedEnds bookedEnds(DatabaseClient database) {
        return new PostgresBookedEnds(database);
    }

    @Bean
    LateCharges lateCharges(Commands commands, Courier courier, PartitionFlusher flusher, Partitions partitions) {
        return new LateCharges(commands, courier, flusher, partitions);
    }
}
