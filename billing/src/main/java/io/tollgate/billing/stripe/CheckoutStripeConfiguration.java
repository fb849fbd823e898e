package io.tollgate.billing.stripe;

import io.tollgate.billing.checkout.StripePrices;
import io.tollgate.billing.payment.Receipts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CheckoutStripeConfiguration {

    @Bean
    StripePrices stripePrices(StripeAccess stripe) {
        return new StripeShelf(stripe);
    }

    @Bean
    Receipts receipts(StripeAccess stripe) {
        return new StripeReceipts(stripe);
    }
}
