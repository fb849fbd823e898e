package io.tollgate.metering.reservation.redis;

import io.tollgate.metering.account.AccountLoader;
import io.tollgate.metering.redis.Keys;
import io.tollgate.metering.redis.PartitionScripts;
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
}
