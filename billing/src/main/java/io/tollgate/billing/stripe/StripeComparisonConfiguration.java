package io.tollgate.billing.stripe;

import io.tollgate.billing.reconciliation.Pacing;
import io.tollgate.billing.reconciliation.PublishedEvents;
import io.tollgate.billing.reconciliation.ReturnedMoney;
import io.tollgate.billing.reconciliation.Sales;
import io.tollgate.billing.reconciliation.SoldPlans;
import io.tollgate.billing.reconciliation.Takings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StripeComparisonConfiguration {

    @Bean
    PacedStripe pacedStripe(StripeAccess stripe, Pacing stripePacing) {
        return new PacedStripe(stripe, stripePacing);
    }

    @Bean
    PublishedEvents publishedEvents(PacedStripe stripe) {
        return new StripePublishedEvents(stripe);
    }

    @Bean
    Sales soldSessions(PacedStripe stripe) {
        return new StripeSoldSessions(stripe);
    }

    @Bean
    Sales soldIntents(PacedStripe stripe) {
        return new StripeSoldIntents(stripe);
    }

    @Bean
    Takings takings(PacedStripe stripe) {
        return new StripeTakings(stripe);
    }

    @Bean
    ReturnedMoney returnedMoney(PacedStripe stripe) {
        return new StripeReturnedMoney(stripe);
    }

    @Bean
    SoldPlans soldPlans(PacedStripe stripe) {
        return new StripeSoldPlans(stripe);
    }
}
