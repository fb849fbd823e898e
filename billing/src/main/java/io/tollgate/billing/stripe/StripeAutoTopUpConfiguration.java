package io.tollgate.billing.stripe;

import io.tollgate.billing.autotopup.AutoTopUpSettings;
import io.tollgate.billing.autotopup.CardCharges;
import io.tollgate.billing.autotopup.SavedCards;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StripeAutoTopUpConfiguration {

    @Bean
    CardCharges cardCharges(StripeAccess stripe, AutoTopUpSettings autoTopUpSettings) {
        return new StripeCardCharges(stripe, autoTopUpSettings);
    }

    @Bean
    SavedCards savedCards(StripeAccess stripe) {
        return new StripeSavedCards(stripe);
    }
}
