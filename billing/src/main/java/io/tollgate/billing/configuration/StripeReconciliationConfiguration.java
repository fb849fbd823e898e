package io.tollgate.billing.configuration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.tollgate.billing.reconciliation.BookedGrants;
import io.tollgate.billing.reconciliation.BookedPlans;
import io.tollgate.billing.reconciliation.BookedReturns;
import io.tollgate.billing.reconciliation.BookedSales;
import io.tollgate.billing.reconciliation.Comparison;
import io.tollgate.billing.reconciliation.EventRecovery;
import io.tollgate.billing.reconciliation.EventWalks;
import io.tollgate.billing.reconciliation.Findings;
import io.tollgate.billing.reconciliation.KnownEvents;
import io.tollgate.billing.reconciliation.LeftIntents;
import io.tollgate.billing.reconciliation.MissedEvents;
import io.tollgate.billing.reconciliation.MissingEvents;
import io.tollgate.billing.reconciliation.OpenIntents;
import io.tollgate.billing.reconciliation.Pacing;
import io.tollgate.billing.reconciliation.PaidInvoices;
import io.tollgate.billing.reconciliation.PaidSales;
import io.tollgate.billing.reconciliation.PublishedEvents;
import io.tollgate.billing.reconciliation.Repairs;
import io.tollgate.billing.reconciliation.ReturnedMoney;
import io.tollgate.billing.reconciliation.RunRequests;
import io.tollgate.billing.reconciliation.Sales;
import io.tollgate.billing.reconciliation.SoldPlans;
import io.tollgate.billing.reconciliation.StandingPlans;
import io.tollgate.billing.reconciliation.StripeReconciliation;
import io.tollgate.billing.reconciliation.StripeReconciliationMeter;
import io.tollgate.billing.reconciliation.StripeRuns;
import io.tollgate.billing.reconciliation.Takings;
import io.tollgate.billing.reconciliation.UnpaidGrants;
import io.tollgate.billing.reconciliation.UnseenDisputes;
import io.tollgate.billing.reconciliation.UnseenRefunds;
import io.tollgate.billing.webhook.EventHandler;
import io.tollgate.billing.webhook.StoredEvents;
import io.tollgate.metering.background.BackgroundLoop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The comparison with Stripe, put together. What is compared is every {@link Comparison} there is, in their order. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StripeReconciliationProperties.class)
class StripeReconciliationConfiguration {

    private static final Duration LAST_TURN = Duration.ofSeconds(10);

    @Bean
    Pacing stripePacing(StripeReconciliationProperties properties) {
        return new Pacing(properties.callsPerSecond());
    }

    @Bean
    MissingEvents missingEvents(PublishedEvents published, KnownEvents known, List<EventHandler> handlers) {
        return new MissingEvents(
                published,
                known,
                handlers.stream().flatMap(handler -> handler.types().stream()).collect(Collectors.toSet()));
    }

    @Bean
    EventRecovery eventRecovery(
            EventWalks walks,
            MissingEvents missing,
            StoredEvents inbox,
            StripeReconciliationProperties properties,
            InstantSource billingClock,
            ObjectProvider<MeterRegistry> meters) {
        return new EventRecovery(
                walks,
                missing,
                inbox,
                new EventRecovery.Terms(properties.recovery().reach(), properties.lease()),
                billingClock,
                registry(meters));
    }

    @Bean
    @Order(1)
    Comparison missedEvents(
            MissingEvents missing, StripeReconciliationProperties properties, InstantSource billingClock) {
        return new MissedEvents(missing, properties.recovery().lag(), billingClock);
    }

    @Bean
    @Order(2)
    Comparison paidCheckouts(Sales soldSessions, BookedSales bookedSessions) {
        return new PaidSales(PaidSales.Way.CHECKOUT, soldSessions, bookedSessions);
    }

    @Bean
    @Order(7)
    Comparison chargedCards(Sales soldIntents, BookedSales bookedIntents) {
        return new PaidSales(PaidSales.Way.SAVED_CARD, soldIntents, bookedIntents);
    }

    @Bean
    @Order(3)
    Comparison standingPlans(SoldPlans sold, BookedPlans booked) {
        return new StandingPlans(sold, booked);
    }

    @Bean
    @Order(4)
    Comparison paidInvoices(SoldPlans sold, BookedPlans booked) {
        return new PaidInvoices(sold, booked);
    }

    @Bean
    @Order(5)
    Comparison unseenRefunds(ReturnedMoney stripe, BookedReturns book) {
        return new UnseenRefunds(stripe, book);
    }

    @Bean
    @Order(6)
    Comparison unseenDisputes(ReturnedMoney stripe, BookedReturns book) {
        return new UnseenDisputes(stripe, book);
    }

    @Bean
    @Order(8)
    Comparison unpaidGrants(BookedGrants grants, Takings takings) {
        return new UnpaidGrants(grants, takings);
    }

    @Bean
    @Order(9)
    Comparison openIntents(LeftIntents left, StripeReconciliationProperties properties) {
        return new OpenIntents(left, properties.leftAfter());
    }

    @Bean
    StripeReconciliationMeter stripeReconciliationMeter(ObjectProvider<MeterRegistry> meters) {
        return new StripeReconciliationMeter(registry(meters));
    }

    @Bean
    StripeReconciliation stripeReconciliation(
            StripeRuns runs,
            List<Comparison> comparisons,
            StripeReconciliationMeter meter,
            StripeReconciliationProperties properties,
            InstantSource billingClock) {
        return new StripeReconciliation(runs, comparisons, meter, properties.plan(), billingClock);
    }

    @Bean
    RunRequests stripeRunRequests(
            StripeRuns runs, StripeReconciliationProperties properties, InstantSource billingClock) {
        return new RunRequests(runs, properties.bounds(), billingClock);
    }

    @Bean
    Repairs stripeRepairs(
            Findings findings,
            PublishedEvents published,
            StoredEvents inbox,
            StripeReconciliationProperties properties,
            StripeReconciliationMeter meter) {
        return new Repairs(findings, published, inbox, properties.repair().automatic(), meter);
    }

    @Bean
    @ConditionalOnProperty(
            name = "tollgate.billing.stripe-reconciliation.recovery.enabled",
            havingValue = "true",
            matchIfMissing = true)
    BackgroundLoop eventRecoveryLoop(EventRecovery recovery, StripeReconciliationProperties properties) {
        return loop(
                "the recovery of missed events",
                properties.recovery().interval(),
                recovery.turn().then(),
                properties);
    }

    @Bean
    BackgroundLoop stripeReconciliationLoop(
            StripeReconciliation reconciliation, StripeReconciliationProperties properties) {
        return loop("the reconciliation with Stripe", properties.interval(), reconciliation.turn(), properties);
    }

    @Bean
    BackgroundLoop stripeRepairLoop(Repairs repairs, StripeReconciliationProperties properties) {
        return loop("the repairs after Stripe", properties.interval(), repairs.tend(), properties);
    }

    private static BackgroundLoop loop(
            String name, Duration interval, Mono<Void> turn, StripeReconciliationProperties properties) {
        Duration longest = properties.longestPause().compareTo(interval) < 0 ? interval : properties.longestPause();
        return new BackgroundLoop(
                name, new BackgroundLoop.Pace(interval, longest, LAST_TURN), turn, Mono.empty(), Schedulers.parallel());
    }

    private static MeterRegistry registry(ObjectProvider<MeterRegistry> meters) {
        return meters.getIfAvailable(() -> Metrics.globalRegistry);
    }
}
