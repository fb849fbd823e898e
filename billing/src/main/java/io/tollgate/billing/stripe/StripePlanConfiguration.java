package io.tollgate.billing.stripe;

import io.tollgate.billing.subscription.PlanTill;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StripePlanConfiguration {

    @Bean
    PlanTill planTill(StripeAccess stripe) {
        return new StripePlanTill(stripe);
    }
}
