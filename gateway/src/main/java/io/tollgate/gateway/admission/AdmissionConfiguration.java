package io.tollgate.gateway.admission;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.gateway.topup.TopUpLinks;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.reservation.Reservations;
import io.tollgate.metering.usage.Backlog;
import io.tollgate.metering.usage.PartitionFlusher;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AdmissionProperties.class)
class AdmissionConfiguration {

    @Bean
    Settlements settlements(
            Reservations reservations,
            Commands commands,
            Courier courier,
            PartitionFlusher flusher,
            Partitions partitions,
            AdmissionProperties properties,
            MeterRegistry metrics) {
        LateCharges lateCharges = new LateCharges(commands, courier, flusher, partitions);
        return new Settlements(reservations, lateCharges::charge, properties, metrics);
    }

    @Bean
    Admission admission(
            Reservations reservations,
            Settlements settlements,
            Backlog backlog,
            TopUpLinks links,
            AdmissionProperties properties,
            ObjectProvider<Clock> clocks) {
        return new Admission(
                reservations,
                settlements,
                backlog,
                new Refusals(links),
                clocks.getIfAvailable(Clock::systemUTC),
                properties.ttl());
    }
}
