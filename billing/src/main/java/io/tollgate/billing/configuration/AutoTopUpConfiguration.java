package io.tollgate.billing.configuration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.tollgate.billing.autotopup.AutoTopUpBook;
import io.tollgate.billing.autotopup.AutoTopUpDesk;
import io.tollgate.billing.autotopup.AutoTopUpMetrics;
import io.tollgate.billing.autotopup.AutoTopUpSettings;
import io.tollgate.billing.autotopup.AutoTopUpWatch;
import io.tollgate.billing.autotopup.AutoTopUps;
import io.tollgate.billing.autotopup.CardCharges;
import io.tollgate.billing.autotopup.CardEvents;
import io.tollgate.billing.autotopup.Guards;
import io.tollgate.billing.autotopup.IntentEvents;
import io.tollgate.billing.autotopup.RefusedCallTrigger;
import io.tollgate.billing.autotopup.SavedCards;
import io.tollgate.billing.autotopup.Wishes;
import io.tollgate.billing.catalog.Catalogs;
import io.tollgate.billing.checkout.CustomerDesk;
import io.tollgate.billing.checkout.Customers;
import io.tollgate.billing.checkout.Till;
import io.tollgate.billing.topup.Delivery;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.background.BackgroundLoop;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Automatic top-ups, put together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AutoTopUpProperties.class)
class AutoTopUpConfiguration {

    private static final Duration LAST_TURN = Duration.ofSeconds(5);

    @Bean
    AutoTopUpSettings autoTopUpSettings(
            AutoTopUpProperties properties, @Value("${tollgate.public-url:http://localhost:8080}") URI publicUrl) {
        return properties.settings(publicUrl);
    }

    @Bean
    AutoTopUps autoTopUps(
            AutoTopUpBook book,
            CardCharges cards,
            Catalogs catalogs,
            Delivery delivery,
            AutoTopUpSettings settings,
            InstantSource billingClock,
            ObjectProvider<MeterRegistry> meters) {
        return new AutoTopUps(
                book,
                cards,
                new Guards(catalogs, settings),
                delivery,
                new AutoTopUpMetrics(meters.getIfAvailable(() -> Metrics.globalRegistry)),
                settings,
                billingClock);
    }

    @Bean
    AutoTopUpDesk autoTopUpDesk(
            Catalogs catalogs,
            Wishes wishes,
            AutoTopUpBook book,
            SavedCards cards,
            Customers customers,
            Till till,
            InstantSource billingClock) {
        return new AutoTopUpDesk(catalogs, wishes, book, cards, new CustomerDesk(customers, till), billingClock);
    }

    @Bean
    RefusedCallTrigger refusedCallTrigger(AutoTopUps autoTopUps, LiveAccounts accounts) {
        return new RefusedCallTrigger(autoTopUps, accounts);
    }

    @Bean
    IntentEvents intentEvents(CardCharges cards, AutoTopUpBook book, AutoTopUps autoTopUps) {
        return new IntentEvents(cards, book, autoTopUps);
    }

    @Bean
    CardEvents cardEvents(SavedCards cards, Wishes wishes, InstantSource billingClock) {
        return new CardEvents(cards, wishes, billingClock);
    }

    @Bean
    AutoTopUpWatch autoTopUpWatch(
            AutoTopUps autoTopUps, AutoTopUpBook book, AutoTopUpSettings settings, InstantSource billingClock) {
        return new AutoTopUpWatch(autoTopUps, book, settings, billingClock);
    }

    @Bean
    BackgroundLoop autoTopUpLoop(AutoTopUpWatch watch, AutoTopUpProperties properties) {
        return new BackgroundLoop(
                "the automatic top-ups",
                new BackgroundLoop.Pace(properties.interval(), properties.longestPause(), LAST_TURN),
                watch.look().then(),
                Mono.empty(),
                Schedulers.parallel());
    }
}
