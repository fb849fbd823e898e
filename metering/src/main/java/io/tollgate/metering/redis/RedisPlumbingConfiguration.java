package io.tollgate.metering.redis;

import io.netty.channel.EventLoopGroup;
import io.tollgate.metering.account.Partitions;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Connects to Redis on the application's own event loops. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RedisSettings.class, ConnectionLimits.class})
class RedisPlumbingConfiguration {

    @Bean
    Partitions partitions(@Value("${tollgate.metering.partitions:256}") int count) {
        return new Partitions(count);
    }

    @Bean
    RedisConnections redisConnections(EventLoopGroup loops, RedisSettings settings, ConnectionLimits limits) {
        return RedisConnections.open(loops, settings, limits);
    }

    @Bean
    Keys redisKeys(Partitions partitions) {
        return new Keys(partitions);
    }
}
