package io.tollgate.gateway.admission;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.gateway.topup.TopUpLinks;
import io.tollgate.metering.reservation.LateCharges;
import io.tollgate.metering.reservation.Reservations;
import io.tollgate.metering.usage.Backlog;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AdmissionProperties.class, Exemptions.class})
class AdmissionConfiguration {

    @Bean
    Settlements settlements(
            Reservations reservations, LateCharges lateCharges, AdmissionProperties properties, MeterRegistry metrics) {
        return new Settlements(
                reservations,
                (hold, settle) -> lateCharges.charge(hold.account(), hold.id(), settle),
                properties,
                metrics);
    }

    @Bean
    Admission admission(
            Reservations reservations,
            Settlements settlements,
            Backlog backlog,
            TopUpLinks links,
            RefusedCalls refusedCalls,
            AdmissionProperties properties,
            Exemptions exemptions,
            ObjectProvider<Clock> clocks,
            MeterRegistry metrics) {
        Clock clock = clocks.getIfAvailable(Clock::systemUTC);
        return new Admission(
                reservations,
                settlements,
                backlog,
                new Refusals(links, refusedCalls),
                new Unheld(properties.maxUnheld(), metrics),
                new StoreBreaker(properties.silence(), clock, metrics),
                clock,
                properties,
                exemptions,
                metrics.counter("tollgate.calls.lowered"));
    }
}
