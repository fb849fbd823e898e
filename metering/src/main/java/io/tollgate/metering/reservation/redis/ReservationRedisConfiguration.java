package io.tollgate.metering.reservation.redis;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.metering.account.AccountLoader;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.background.BackgroundLoop;
import io.tollgate.metering.redis.Keys;
import io.tollgate.metering.redis.PartitionScripts;
import io.tollgate.metering.redis.RedisConnections;
import io.tollgate.metering.redis.ScriptClock;
import io.tollgate.metering.reservation.BookedEnds;
import io.tollgate.metering.reservation.HoldSweeper;
import io.tollgate.metering.reservation.Reservations;
import io.tollgate.metering.usage.PartitionFlusher;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HoldSettings.class)
class ReservationRedisConfiguration {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LAST_TURN = Duration.ofSeconds(2);

    @Bean
    LostHolds lostHolds(PartitionFlusher flusher, BookedEnds ends, LiveAccounts accounts, Partitions partitions) {
        return new LostHolds(flusher, ends, accounts, partitions);
    }

    @Bean
    Reservations reservations(
            PartitionScripts scripts, AccountLoader loader, LostHolds lostHolds, Keys keys, HoldSettings settings) {
        return new RedisReservations(
                scripts,
                loader,
                lostHolds,
                keys,
                settings.tombstoneTtl(),
                settings.holds().maxOpenPerAccount());
    }

    @Bean
    HoldSweeper holdSweeper(
            RedisConnections connections,
            Keys keys,
            Reservations reservations,
            ScriptClock clock,
            Partitions partitions,
            ObjectProvider<MeterRegistry> meters,
            HoldSettings settings) {
        return new RedisHoldSweeper(
                connections,
                keys,
                reservations,
                clock,
                new SweepPlan(partitions.count(), settings.sweepInterval()),
                new SweepMeter(meters.getIfAvailable(SimpleMeterRegistry::new)),
                settings.sweepAtOnce());
    }

    @Bean
    BackgroundLoop sweepLoop(HoldSweeper sweeper, HoldSettings settings) {
        return new BackgroundLoop(
                "the hold sweeper",
                new BackgroundLoop.Pace(settings.sweepInterval(), LONGEST_PAUSE, LAST_TURN),
                sweeper.sweepDue().then(),
                Mono.empty(),
                Schedulers.parallel());
    }
}
