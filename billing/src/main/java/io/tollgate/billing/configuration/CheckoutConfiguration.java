package io.tollgate.billing.configuration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.tollgate.billing.catalog.Catalogs;
import io.tollgate.billing.checkout.Checkout;
import io.tollgate.billing.checkout.CustomerDesk;
import io.tollgate.billing.checkout.Customers;
import io.tollgate.billing.checkout.FreePlans;
import io.tollgate.billing.checkout.LiveSubscriptions;
import io.tollgate.billing.checkout.PlanDesk;
import io.tollgate.billing.checkout.PriceDesk;
import io.tollgate.billing.checkout.SessionDesk;
import io.tollgate.billing.checkout.StripePrices;
import io.tollgate.billing.checkout.Till;
import io.tollgate.billing.order.Orders;
import io.tollgate.billing.subscription.PlanBook;
import io.tollgate.billing.subscription.PlanSchedule;
import io.tollgate.billing.subscription.Plans;
import io.tollgate.billing.subscription.Subscriptions;
import io.tollgate.billing.topup.Delivery;
import io.tollgate.billing.topup.PlanStarts;
import io.tollgate.billing.topup.TopUpBook;
import io.tollgate.billing.topup.TopUpMetrics;
import io.tollgate.billing.topup.TopUps;
import io.tollgate.billing.topup.Verdicts;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Checkout, put together. */
@Configuration(proxyBeanMethods = false)
class CheckoutConfiguration {

    @Bean
    CustomerDesk customerDesk(Customers customers, Till till) {
        return new CustomerDesk(customers, till);
    }

    @Bean
    SubscriptionsOfCheckout subscriptionsOfCheckout(PlanBook book, Plans plans, PlanSchedule schedule) {
        return new SubscriptionsOfCheckout(book, plans, schedule);
    }

    @Bean
    PlanStarts planStarts(Subscriptions subscriptions, PlanDesk plans) {
        return (order, subscription) -> subscriptions.look(subscription).then(plans.closeOthers(order));
    }

    @Bean
    PlanDesk planDesk(Orders orders, Till till, LiveSubscriptions subscriptions, FreePlans freePlans) {
        return new PlanDesk(orders, till, subscriptions, freePlans);
    }

    @Bean
    PriceDesk priceDesk(StripePrices prices) {
        return new PriceDesk(prices);
    }

    @Bean
    SessionDesk sessionDesk(Orders orders, Till till, BillingProperties properties, InstantSource billingClock) {
        return new SessionDesk(orders, till, properties.checkout().settings(), billingClock);
    }

    @Bean
    Checkout checkout(
            Catalogs catalogs, CustomerDesk customers, PlanDesk plans, PriceDesk prices, SessionDesk sessions) {
        return new Checkout(catalogs, customers, plans, prices, sessions);
    }

    @Bean
    TopUps topUps(
            Orders orders,
            Till till,
            TopUpBook book,
            Delivery delivery,
            PlanStarts plans,
            BillingProperties properties,
            ObjectProvider<MeterRegistry> meters) {
        return new TopUps(
                orders,
                till,
                book,
                delivery,
                plans,
                new Verdicts(properties.checkout().nothingPaid()),
                new TopUpMetrics(meters.getIfAvailable(() -> Metrics.globalRegistry)));
    }
}
