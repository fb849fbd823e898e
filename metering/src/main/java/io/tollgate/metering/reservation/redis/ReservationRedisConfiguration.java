package io.tollgate.metering.reservation.redis;

import io.tollgate.metering.account.AccountLoader;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.background.BackgroundLoop;
import io.tollgate.metering.redis.Keys;
import io.tollgate.metering.redis.PartitionScripts;
import io.tollgate.metering.redis.RedisConnections;
import io.tollgate.metering.redis.ScriptClock;
import io.tollgate.metering.reservation.HoldSweeper;
import io.tollgate.metering.reservation.Reservations;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HoldSettings.class)
class ReservationRedisConfiguration {

    private static final int PARTITIONS_AT_ONCE = 16;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LAST_TURN = Duration.ofSeconds(2);

    @Bean
    Reservations reservations(PartitionScripts scripts, AccountLoader loader, Keys keys, HoldSettings settings) {
        return new RedisReservations(
                scripts, loader, keys, settings.tombstoneTtl(), settings.holds().maxOpenPerAccount());
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
    BackgroundLoop sweepLoop(HoldSweeper sweeper, Partitions partitions, HoldSettings settings) {
        Mono<Void> everyPartition = Flux.fromStream(partitions::all)
                .flatMapDelayError(sweeper::sweep, PARTITIONS_AT_ONCE, PARTITIONS_AT_ONCE)
                .onErrorMap(RedisHoldSweeper::oneOf)
                .then();
        return new BackgroundLoop(
                "the hold sweeper",
                new BackgroundLoop.Pace(settings.sweepInterval(), LONGEST_PAUSE, LAST_TURN),
                everyPartition,
                Mono.empty(),
                Schedulers.parallel());
    }
}
