package io.tollgate.billing.configuration;

import io.tollgate.billing.catalog.Catalogs;
import io.tollgate.billing.checkout.Customers;
import io.tollgate.billing.checkout.StripePrices;
import io.tollgate.billing.planchange.ChangeBook;
import io.tollgate.billing.planchange.ChangeEvents;
import io.tollgate.billing.planchange.ChangeTill;
import io.tollgate.billing.planchange.Execution;
import io.tollgate.billing.planchange.HeldPlans;
import io.tollgate.billing.planchange.PlanChanges;
import io.tollgate.billing.planchange.PlanEnds;
import io.tollgate.billing.planchange.PortalDesk;
import io.tollgate.billing.planchange.PreviewDesk;
import io.tollgate.billing.planchange.ProposalDesk;
import io.tollgate.billing.planchange.Settlement;
import io.tollgate.billing.planchange.SettlementLoop;
import io.tollgate.billing.subscription.PlanBook;
import io.tollgate.billing.subscription.PlanForecast;
import io.tollgate.billing.subscription.PlanRules;
import io.tollgate.billing.subscription.PlanStandings;
import io.tollgate.billing.subscription.PlanTill;
import io.tollgate.billing.subscription.Plans;
import io.tollgate.billing.subscription.Subscriptions;
import io.tollgate.metering.background.BackgroundLoop;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Changes of plans, put together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PlanChangeProperties.class)
class PlanChangeConfiguration {

    private static final Duration LAST_TURN = Duration.ofSeconds(5);

    @Bean
    HeldPlans heldPlans(Subscriptions subscriptions, PlanBook book, PlanTill planTill, ChangeTill till) {
        return new HeldPlans(subscriptions, book, planTill, till);
    }

    @Bean
    ProposalDesk proposalDesk(HeldPlans heldPlans, Catalogs catalogs, Plans plans) {
        return new ProposalDesk(heldPlans, catalogs, plans);
    }

    @Bean
    PreviewDesk previewDesk(ChangeTill till, StripePrices prices, PlanBook book, PlanRules rules) {
        return new PreviewDesk(till, prices, new PlanForecast(book, rules));
    }

    @Bean
    Settlement settlement(
            ChangeBook book,
            ChangeTill till,
            PlanTill planTill,
            Subscriptions subscriptions,
            Plans plans,
            InstantSource billingClock) {
        return new Settlement(book, till, planTill, subscriptions, plans, billingClock);
    }

    @Bean
    Execution execution(ChangeTill till, Settlement settlement, Subscriptions subscriptions) {
        return new Execution(till, settlement, subscriptions);
    }

    @Bean
    PlanChanges planChanges(
            ProposalDesk proposals,
            PreviewDesk previews,
            ChangeBook book,
            Execution execution,
            PlanChangeProperties properties,
            InstantSource billingClock) {
        return new PlanChanges(proposals, previews, book, execution, properties.settings(), billingClock);
    }

    @Bean
    PlanEnds planEnds(
            HeldPlans heldPlans,
            ChangeTill till,
            Subscriptions subscriptions,
            PlanStandings standings,
            PlanChangeProperties properties,
            InstantSource billingClock) {
        return new PlanEnds(heldPlans, till, subscriptions, standings, properties.settings(), billingClock);
    }

    @Bean
    PortalDesk portalDesk(Customers customers, ChangeTill till) {
        return new PortalDesk(customers, till);
    }

    @Bean
    ChangeEvents changeEvents(Settlement settlement, ChangeTill till, Subscriptions subscriptions) {
        return new ChangeEvents(settlement, till, subscriptions);
    }

    @Bean
    SettlementLoop settlementLoop(
            ChangeBook book, Settlement settlement, PlanChangeProperties properties, InstantSource billingClock) {
        return new SettlementLoop(book, settlement, properties.settings(), billingClock);
    }

    @Bean
    BackgroundLoop planChangeLoop(SettlementLoop loop, PlanChangeProperties properties) {
        return new BackgroundLoop(
                "the plan changes' settlement",
                new BackgroundLoop.Pace(properties.interval(), properties.longestPace(), LAST_TURN),
                loop.turn().then(),
                Mono.empty(),
                Schedulers.parallel());
    }
}
