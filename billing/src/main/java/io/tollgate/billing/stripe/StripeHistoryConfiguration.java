package io.tollgate.billing.stripe;

import io.tollgate.billing.history.PapersAtStripe;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StripeHistoryConfiguration {

    @Bean
    PapersAtStripe papersAtStripe(StripeAccess stripe, InstantSource billingClock) {
        return new StripePapers(stripe, billingClock);
    }
}
