package io.tollgate.billing.configuration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.tollgate.billing.checkout.Till;
import io.tollgate.billing.order.Orders;
import io.tollgate.billing.reconciliation.Reconciler;
import io.tollgate.billing.topup.CheckoutEvents;
import io.tollgate.billing.topup.Delivery;
import io.tollgate.billing.topup.TopUps;
import io.tollgate.billing.webhook.EventHandler;
import io.tollgate.billing.webhook.StoredEvents;
import io.tollgate.billing.webhook.WebhookHousekeeping;
import io.tollgate.billing.webhook.WebhookInbox;
import io.tollgate.billing.webhook.WebhookSecrets;
import io.tollgate.billing.webhook.WebhookWorker;
import io.tollgate.metering.background.BackgroundLoop;
import io.tollgate.metering.command.Courier;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The module's objects, put together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BillingProperties.class)
class BillingConfiguration {

    // Grows after a failed turn; after a good one the inbox waits for the next delivery anyway.
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);
    private static final Duration LAST_TURN = Duration.ofSeconds(5);

    @Bean
    Delivery delivery(Courier courier) {
        return courier::push;
    }

    @Bean
    CheckoutEvents checkoutEvents(TopUps topUps) {
        return new CheckoutEvents(topUps);
    }

    /** What time it is for periods, deadlines and windows; the tests' simulated Stripe has another opinion than the machine. */
    @Bean
    @ConditionalOnMissingBean(name = "billingClock")
    InstantSource billingClock() {
        return InstantSource.system();
    }

    @Bean
    WebhookSecrets webhookSecrets(Environment environment) {
        List<String> secrets = Binder.get(environment)
                .bind("tollgate.billing.stripe.webhook-secrets", Bindable.listOf(String.class))
                .orElseGet(List::of);
        List<String> set = secrets.stream().filter(secret -> !secret.isBlank()).toList();
        String fallback = environment.getProperty("STRIPE_WEBHOOK_SECRET", "");
        return new WebhookSecrets(set.isEmpty() ? split(fallback) : set);
    }

    @Bean
    WebhookInbox webhookInbox(
            WebhookSecrets secrets,
            StoredEvents events,
            BillingProperties properties,
            ObjectProvider<MeterRegistry> meters) {
        return new WebhookInbox(
                secrets, events, properties.webhook().settings(), InstantSource.system(), registry(meters));
    }

    @Bean
    WebhookWorker webhookWorker(
            StoredEvents events,
            List<EventHandler> handlers,
            BillingProperties properties,
            ObjectProvider<MeterRegistry> meters) {
        return new WebhookWorker(events, handlers, properties.webhook().settings(), registry(meters));
    }

    @Bean
    Reconciler topUpReconciler(
            Orders orders, Till till, TopUps topUps, BillingProperties properties, InstantSource billingClock) {
        return new Reconciler(orders, till, topUps, properties.reconciler().settings(), billingClock);
    }

    @Bean
    BackgroundLoop webhookLoop(WebhookInbox inbox, WebhookWorker worker, BillingProperties properties) {
        Duration scan = properties.webhook().scanInterval();
        Mono<Void> somethingToDo =
                Mono.firstWithSignal(inbox.arrival(), Mono.delay(scan).then());
        return new BackgroundLoop(
                "the webhook inbox",
                new BackgroundLoop.Pace(SHORTEST_PAUSE, properties.webhook().longestPause(), scan.plus(LAST_TURN)),
                somethingToDo.then(worker.drain()).then(),
                Mono.empty(),
                Schedulers.parallel());
    }

    @Bean
    WebhookHousekeeping webhookHousekeeping(
            StoredEvents events, BillingProperties properties, ObjectProvider<MeterRegistry> meters) {
        return new WebhookHousekeeping(
                events, properties.webhook().keep(), properties.webhook().forgetAtOnce(), registry(meters));
    }

    @Bean
    BackgroundLoop webhookHousekeepingLoop(WebhookHousekeeping housekeeping, BillingProperties properties) {
        Duration interval = properties.webhook().tidyInterval();
        return new BackgroundLoop(
                "the webhook housekeeping",
                new BackgroundLoop.Pace(interval, interval.multipliedBy(8), LAST_TURN),
                housekeeping.tidy(),
                Mono.empty(),
                Schedulers.parallel());
    }

    @Bean
    BackgroundLoop topUpReconcilerLoop(Reconciler reconciler, BillingProperties properties) {
        return new BackgroundLoop(
                "the top-up reconciler",
                new BackgroundLoop.Pace(
                        properties.reconciler().interval(),
                        properties.reconciler().longestPause(),
                        LAST_TURN),
                reconciler.reconcile().then(),
                Mono.empty(),
                Schedulers.parallel());
    }

    private static List<String> split(String secrets) {
        return Arrays.stream(secrets.split(",", -1))
                .map(String::strip)
                .filter(secret -> !secret.isEmpty())
                .toList();
    }

    private static MeterRegistry registry(ObjectProvider<MeterRegistry> meters) {
        return meters.getIfAvailable(() -> Metrics.globalRegistry);
    }
}
