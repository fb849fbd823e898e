package io.tollgate.metering.command.redis;

import io.tollgate.metering.command.LiveCommands;
import io.tollgate.metering.recovery.Epochs;
import io.tollgate.metering.recovery.Recovery;
import io.tollgate.metering.redis.Keys;
import io.tollgate.metering.redis.PartitionScripts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CommandRedisConfiguration {

    @Bean
    LiveCommands liveCommands(PartitionScripts scripts, Recovery recovery, Epochs epochs, Keys keys) {
        return new RedisLiveCommands(scripts, recovery, epochs, keys);
    }
}
