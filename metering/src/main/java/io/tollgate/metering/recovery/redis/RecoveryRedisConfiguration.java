package io.tollgate.metering.recovery.redis;

import io.tollgate.metering.account.AccountLoader;
import io.tollgate.metering.account.BookedAccounts;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.command.LiveCommands;
import io.tollgate.metering.recovery.BookedAccountLoader;
import io.tollgate.metering.recovery.Cursors;
import io.tollgate.metering.recovery.Epochs;
import io.tollgate.metering.recovery.Recovery;
import io.tollgate.metering.recovery.SharedRecovery;
import io.tollgate.metering.redis.Keys;
import io.tollgate.metering.redis.PartitionScripts;
import io.tollgate.metering.redis.RedisConnections;
import io.tollgate.metering.redis.ScriptClock;
import io.tollgate.metering.usage.PartitionFlusher;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RecoveryRedisConfiguration {

    @Bean
    Epochs epochs(Partitions partitions) {
        return new Epochs(partitions);
    }

    @Bean
    Recovery recovery(RedisConnections connections, Keys keys, Cursors cursors, Epochs epochs, Partitions partitions) {
        return new SharedRecovery(new RedisRecovery(connections, keys, cursors, epochs), partitions.count());
    }

    @Bean
    @ConditionalOnMissingBean
    ScriptClock scriptClock() {
        return ScriptClock.REDIS;
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
            PartitionFlusher flusher,
            Partitions partitions,
            Epochs epochs,
            @Value("${tollgate.metering.account-loads-at-once:256}") int loadsAtOnce) {
        return new BookedAccountLoader(booked, live, commands, liveCommands, flusher, partitions, epochs, loadsAtOnce);
    }
}
