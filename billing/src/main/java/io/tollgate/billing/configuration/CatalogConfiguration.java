package io.tollgate.billing.configuration;

import io.tollgate.billing.catalog.CatalogChanges;
import io.tollgate.billing.catalog.ChangingCatalogs;
import io.tollgate.metering.background.BackgroundLoop;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The catalog, put together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CatalogProperties.class)
class CatalogConfiguration {

    /** More than a shop has; a catalog that is longer is cut here, not in memory. */
    private static final int CHANGES_MAX = 1_000;

    private static final Duration LAST_TURN = Duration.ofSeconds(5);
    private static final int LONGEST_PAUSES = 16;

    @Bean
    ChangingCatalogs catalogs(CatalogProperties properties, CatalogChanges changes) {
        return new ChangingCatalogs(properties.catalog(), changes, CHANGES_MAX);
    }

    @Bean
    BackgroundLoop catalogLoop(ChangingCatalogs catalogs, CatalogProperties properties) {
        Duration interval = properties.refreshInterval();
        return new BackgroundLoop(
                "the catalog",
                new BackgroundLoop.Pace(interval, interval.multipliedBy(LONGEST_PAUSES), LAST_TURN),
                catalogs.refresh(),
                Mono.empty(),
                Schedulers.parallel());
    }
}
