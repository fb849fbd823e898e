package io.tollgate.metering.recovery.redis;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.metering.account.AccountLoader;
import io.tollgate.metering.account.BookedAccounts;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.background.BackgroundLoop;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.command.LiveCommands;
import io.tollgate.metering.recovery.BookBurial;
import io.tollgate.metering.recovery.BookedAccountLoader;
import io.tollgate.metering.recovery.Cursors;
import io.tollgate.metering.recovery.Epochs;
import io.tollgate.metering.recovery.Heads;
import io.tollgate.metering.recovery.OpenEpochs;
import io.tollgate.metering.recovery.OpenHolds;
import io.tollgate.metering.recovery.Recovery;
import io.tollgate.metering.recovery.RecoveryMeter;
import io.tollgate.metering.recovery.SharedRecovery;
import io.tollgate.metering.recovery.SteppedRecovery;
import io.tollgate.metering.redis.Keys;
import io.tollgate.metering.redis.PartitionScripts;
import io.tollgate.metering.redis.RedisClock;
import io.tollgate.metering.redis.RedisConnections;
import io.tollgate.metering.redis.ScriptClock;
import io.tollgate.metering.reservation.BookedEnds;
import io.tollgate.metering.usage.OlderEvents;
import io.tollgate.metering.usage.PartitionFlusher;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RecoverySettings.class, GraveSettings.class})
class RecoveryRedisConfiguration {

    private static final Duration CLOCK_PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOCK_TRUST = Duration.ofSeconds(3);

    @Bean
    Epochs epochs(Partitions partitions) {
        return new Epochs(partitions);
    }

    @Bean
    Heads heads(RedisConnections connections, Keys keys) {
        return new RedisHeads(connections, keys);
    }

    @Bean
    OpenHolds openHolds(RedisConnections connections, Keys keys, GraveSettings settings) {
        return new RedisOpenHolds(connections, keys, settings.tombstoneTtl());
    }

    @Bean
    Recovery recovery(
            Cursors cursors,
            Heads heads,
            OlderEvents olderEvents,
            OpenHolds openHolds,
            BookedEnds bookedEnds,
            Epochs epochs,
            Partitions partitions,
            RecoverySettings settings,
            MeterRegistry meters) {
        SteppedRecovery steps = new SteppedRecovery(
                cursors, heads, olderEvents, new BookBurial(openHolds, bookedEnds), epochs, new RecoveryMeter(meters));
        SharedRecovery shared = new SharedRecovery(steps, partitions.count(), settings.atOnce(), settings.patience());
        Gauge.builder("tollgate.recovery.closed", shared, SharedRecovery::underWay)
                .description("Partitions that this gateway is recovering or about to")
                .register(meters);
        return shared;
    }

    @Bean
    OpenEpochs openEpochs(Cursors cursors, Recovery recovery, Partitions partitions) {
        return new OpenEpochs(cursors, recovery, partitions);
    }

    @Bean
    @ConditionalOnMissingBean(ScriptClock.class)
    RedisClock scriptClock(RedisConnections connections) {
        return new RedisClock(connections, System::currentTimeMillis, CLOCK_TRUST);
    }

    @Bean
    @ConditionalOnBean(RedisClock.class)
    BackgroundLoop clockLoop(RedisClock clock) {
        return new BackgroundLoop(
                "Redis' clock",
                new BackgroundLoop.Pace(CLOCK_PAUSE, CLOCK_TRUST, CLOCK_PAUSE),
                clock.listen(),
                Mono.empty(),
                Schedulers.parallel());
    }

    @Bean
    PartitionScripts partitionScripts(
            RedisConnections connections, Epochs epochs, Recovery recovery, ScriptClock clock) {
        return new PartitionScripts(connections, epochs, recovery, clock);
    }

    @Bean
    AccountLoader accountLoader(
            BookedAccounts booked,
            LiveAccounts live,
            Commands commands,
            LiveCommands liveCommands,
            OpenEpochs openEpochs,
            PartitionFlusher flusher,
            Partitions partitions,
            Epochs epochs,
            @Value("${tollgate.metering.account-loads-at-once:256}") int loadsAtOnce,
            MeterRegistry meters) {
        BookedAccountLoader loader = new BookedAccountLoader(
                booked, live, commands, liveCommands, openEpochs, flusher, partitions, epochs, loadsAtOnce);
        Gauge.builder("tollgate.accounts.loading", loader, BookedAccountLoader::underWay)
                .description("Accounts being brought from the book into the live store")
                .register(meters);
        return loader;
    }
}
