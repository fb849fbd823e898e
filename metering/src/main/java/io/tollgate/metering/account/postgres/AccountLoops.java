package io.tollgate.metering.account.postgres;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.metering.account.AccountRemoval;
import io.tollgate.metering.account.BookedPositions;
import io.tollgate.metering.account.Eviction;
import io.tollgate.metering.account.ExpirySweep;
import io.tollgate.metering.account.IdleAccounts;
import io.tollgate.metering.account.LotExpiry;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.background.BackgroundLoop;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What happens to accounts that nobody uses. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ExpirySettings.class, EvictionSettings.class})
class AccountLoops {

    @Bean
    BookedPositions bookedPositions(DatabaseClient database) {
        return new PostgresBookedPositions(database);
    }

    @Bean
    ExpirySweep expirySweep(DatabaseClient database, LotExpiry expiry, ExpirySettings settings, MeterRegistry meters) {
        return new ExpirySweep(new PostgresDueLots(database), expiry, settings.lots(), settings.concurrency(), meters);
    }

    @Bean
    BackgroundLoop expiryLoop(ExpirySweep sweep, ExpirySettings settings) {
        return new BackgroundLoop(
                "the expiry sweep",
                new BackgroundLoop.Pace(settings.interval(), settings.longestPause(), settings.shutdown()),
                sweep.sweep(),
                Mono.empty(),
                Schedulers.parallel());
    }

    @Bean
    Eviction eviction(
            IdleAccounts accounts,
            BookedPositions book,
            AccountRemoval removal,
            Partitions partitions,
            EvictionSettings settings,
            MeterRegistry meters) {
        return new Eviction(accounts, book, removal, partitions, settings.bounds(), meters);
    }

    @Bean
    BackgroundLoop evictionLoop(Eviction eviction, EvictionSettings settings) {
        return new BackgroundLoop(
                "the eviction",
                new BackgroundLoop.Pace(settings.interval(), settings.longestPause(), settings.shutdown()),
                eviction.evict(),
                Mono.empty(),
                Schedulers.parallel());
    }
}
