package io.tollgate.metering.usage.redis;

import io.tollgate.metering.redis.Keys;
import io.tollgate.metering.redis.RedisConnections;
import io.tollgate.metering.usage.UsageStream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class UsageRedisConfiguration {

    @Bean
    UsageStream usageStream(RedisConnections connections, Keys keys) {
        return new RedisUsageStream(connections, keys);
    }
}
