package io.tollgate.billing.stripe;

import io.tollgate.billing.refund.RefundTill;
import io.tollgate.billing.reversal.ChargesAtStripe;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StripeReversalConfiguration {

    @Bean
    ChargesAtStripe chargesAtStripe(StripeAccess stripe) {
        return new StripeCharges(stripe);
    }

    @Bean
    RefundTill refundTill(StripeAccess stripe) {
        return new StripeRefundTill(stripe);
    }
}
