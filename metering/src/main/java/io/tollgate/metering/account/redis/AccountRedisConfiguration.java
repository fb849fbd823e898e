package io.tollgate.metering.account.redis;

import io.tollgate.metering.account.AccountLoader;
import io.tollgate.metering.account.AccountRemoval;
import io.tollgate.metering.account.IdleAccounts;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.account.LotExpiry;
import io.tollgate.metering.redis.Keys;
import io.tollgate.metering.redis.PartitionScripts;
import io.tollgate.metering.redis.RedisConnections;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RemovalSettings.class)
class AccountRedisConfiguration {

    @Bean
    RedisLiveAccounts liveAccounts(PartitionScripts scripts, Keys keys) {
        return new RedisLiveAccounts(scripts, keys);
    }

    @Bean
    LotExpiry lotExpiry(LiveAccounts live, AccountLoader loader) {
        return new LoadingLotExpiry(live, loader);
    }

    @Bean
    AccountRemoval accountRemoval(PartitionScripts scripts, Keys keys, RemovalSettings settings) {
        return new RedisAccountRemoval(scripts, keys, settings.markerTtl());
    }

    @Bean
    IdleAccounts idleAccounts(RedisConnections connections) {
        return new RedisIdleAccounts(connections);
    }
}
