package io.tollgate.billing.configuration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.tollgate.billing.shortage.ShortageListener;
import io.tollgate.billing.shortage.Shortages;
import io.tollgate.metering.background.BackgroundLoop;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** Who hears of refused calls: every bean that is a {@link ShortageListener}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ShortageProperties.class)
class ShortageConfiguration {

    private static final Duration LAST_TURN = Duration.ofSeconds(5);

    @Bean
    Shortages shortages(
            ObjectProvider<ShortageListener> listeners,
            ShortageProperties properties,
            ObjectProvider<MeterRegistry> meters) {
        return new Shortages(
                listeners.orderedStream().toList(),
                properties.settings(),
                meters.getIfAvailable(() -> Metrics.globalRegistry));
    }

    @Bean
    BackgroundLoop shortageLoop(Shortages shortages, ShortageProperties properties) {
        return new BackgroundLoop(
                "telling of refused calls",
                new BackgroundLoop.Pace(properties.interval(), properties.longestPause(), LAST_TURN),
                shortages.tell(),
                shortages.tell(),
                Schedulers.parallel());
    }
}
