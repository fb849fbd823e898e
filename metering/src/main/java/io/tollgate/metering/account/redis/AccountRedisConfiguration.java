package io.tollgate.metering.account.redis;

import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.redis.Keys;
import io.tollgate.metering.redis.PartitionScripts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AccountRedisConfiguration {

    @Bean
    LiveAccounts liveAccounts(PartitionScripts scripts, Keys keys) {
        return new RedisLiveAccounts(scripts, keys);
    }
}
