package io.tollgate.metering.reservation.redis;

import io.tollgate.metering.account.AccountLoader;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.redis.Keys;
import io.tollgate.metering.redis.PartitionScripts;
import io.tollgate.metering.redis.RedisConnections;
import io.tollgate.metering.redis.ScriptClock;
import io.tollgate.metering.reservation.HoldSweeper;
import io.tollgate.metering.reservation.Reservations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HoldSettings.class)
class ReservationRedisConfiguration {

    @Bean
    Reservations reservations(PartitionScripts scripts, AccountLoader loader, Keys keys, HoldSettings settings) {
        return new RedisReservations(scripts, loader, keys, settings.tombstoneTtl());
    }

    @Bean
    HoldSweeper holdSweeper(
            RedisConnections connections,
            Keys keys,
            Reservations reservations,
            ScriptClock clock,
            HoldSettings settings) {
        return new RedisHoldSweeper(connections, keys, reservations, clock, settings.sweepAtOnce());
    }

    @Bean
    SweepLoop sweepLoop(HoldSweeper sweeper, Partitions partitions, HoldSettings settings) {
        return new SweepLoop(sweeper, partitions, settings.sweepInterval());
    }
}
