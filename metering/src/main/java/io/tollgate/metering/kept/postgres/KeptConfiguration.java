package io.tollgate.metering.kept.postgres;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.background.BackgroundLoop;
import io.tollgate.metering.kept.KeptMeter;
import io.tollgate.metering.kept.KeptReservations;
import io.tollgate.metering.kept.KeptSettles;
import io.tollgate.metering.kept.Resending;
import io.tollgate.metering.kept.SettleKeeper;
import io.tollgate.metering.recovery.Epochs;
import io.tollgate.metering.reservation.LateCharges;
import io.tollgate.metering.reservation.Reservations;
import io.tollgate.metering.usage.ChargedLately;
import io.tollgate.metering.usage.PartitionFlusher;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.scheduler.Schedulers;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KeptSettings.class)
class KeptConfiguration {

    @Bean
    KeptSettles keptSettles(KeptSettings settings) {
        return new KeptSettles(settings.max());
    }

    @Bean
    ChargedLately chargedLately(KeptSettings settings) {
        return new ChargedLately(settings.max());
    }

    /** Stands before the live store's own for everybody who ends holds. */
    @Bean
    @Primary
    KeptReservations keptReservations(
            @Qualifier("reservations") Reservations reservations,
            KeptSettles kept,
            Epochs epochs,
            Partitions partitions) {
        return new KeptReservations(reservations, kept, epochs, partitions);
    }

    @Bean
    SettleKeeper settleKeeper(
            KeptSettles kept,
            KeptReservations reservations,
            LateCharges lateCharges,
            PartitionFlusher flusher,
            ChargedLately charged,
            Partitions partitions,
            DatabaseClient database,
            MeterRegistry meters,
            KeptSettings settings) {
        KeptMeter meter = new KeptMeter(meters, kept);
        return new SettleKeeper(
                kept,
                new PostgresSettleBook(database),
                new Resending(reservations, lateCharges, meter),
                flusher,
                charged,
                partitions,
                meter,
                settings.bounds());
    }

    @Bean
    BackgroundLoop keptLoop(SettleKeeper keeper, KeptSettings settings) {
        return new BackgroundLoop(
                "the keeper of settles",
                new BackgroundLoop.Pace(settings.interval(), settings.longestPause(), settings.shutdown()),
                keeper.look(),
                keeper.finish(),
                Schedulers.parallel());
    }
}
