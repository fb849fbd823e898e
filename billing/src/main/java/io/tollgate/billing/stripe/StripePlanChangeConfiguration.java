package io.tollgate.billing.stripe;

import io.tollgate.billing.planchange.ChangeTill;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StripePlanChangeConfiguration {

    /** With the id of the portal's configuration at Stripe, {@code bpc_…}; without it, Stripe's usual one is taken. */
    @Bean
    ChangeTill changeTill(
            StripeAccess stripe, @Value("${tollgate.billing.plan-change.portal-configuration:}") String configuration) {
        return new StripeChangeTill(stripe, configuration.isBlank() ? null : configuration);
    }
}
