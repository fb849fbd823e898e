package io.tollgate.billing.configuration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.tollgate.billing.catalog.Catalogs;
import io.tollgate.billing.subscription.PlanBook;
import io.tollgate.billing.subscription.PlanMetrics;
import io.tollgate.billing.subscription.PlanRules;
import io.tollgate.billing.subscription.PlanSchedule;
import io.tollgate.billing.subscription.PlanStandings;
import io.tollgate.billing.subscription.PlanTill;
import io.tollgate.billing.subscription.Plans;
import io.tollgate.billing.subscription.SubscriptionEvents;
import io.tollgate.billing.subscription.Subscriptions;
import io.tollgate.billing.topup.Delivery;
import io.tollgate.metering.background.BackgroundLoop;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Subscriptions, put together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SubscriptionProperties.class)
class SubscriptionConfiguration {

    private static final Duration LAST_TURN = Duration.ofSeconds(5);

    @Bean
    Plans plans(Catalogs catalogs, SubscriptionProperties properties) {
        return new CatalogPlans(catalogs, properties.grace(), properties.freePlan());
    }

    @Bean
    PlanRules planRules(
            Plans plans,
            SubscriptionProperties properties,
            ObjectProvider<MeterRegistry> meters,
            InstantSource billingClock) {
        PlanMetrics metrics = new PlanMetrics(meters.getIfAvailable(() -> Metrics.globalRegistry));
        return new PlanRules(plans, properties.settings(), metrics, billingClock);
    }

    @Bean
    Subscriptions subscriptions(PlanTill till, PlanBook book, Plans plans, PlanRules rules, Delivery delivery) {
        return new Subscriptions(till, book, plans, rules, delivery);
    }

    @Bean
    SubscriptionEvents subscriptionEvents(Subscriptions subscriptions) {
        return new SubscriptionEvents(subscriptions);
    }

    @Bean
    PlanSchedule planSchedule(
            PlanBook book, PlanRules rules, Plans plans, Delivery delivery, SubscriptionProperties properties) {
        return new PlanSchedule(book, rules, plans, delivery, properties.batch());
    }

    @Bean
    PlanStandings planStandings(PlanBook book, Plans plans, InstantSource billingClock) {
        return new PlanStandings(book, plans, billingClock);
    }

    @Bean
    BackgroundLoop planLoop(PlanSchedule schedule, SubscriptionProperties properties) {
        return new BackgroundLoop(
                "the plans' schedule",
                new BackgroundLoop.Pace(properties.interval(), properties.longestPause(), LAST_TURN),
                schedule.turn().then(),
                Mono.empty(),
                Schedulers.parallel());
    }
}
