package io.tollgate.billing.configuration;

import io.tollgate.billing.history.History;
import io.tollgate.billing.history.PapersAtStripe;
import io.tollgate.billing.history.PaymentLines;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The history, put together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HistoryProperties.class)
class HistoryConfiguration {

    @Bean
    History history(
            PaymentLines lines, PapersAtStripe papers, HistoryProperties properties, InstantSource billingClock) {
        return new History(lines, papers, properties.settings(), billingClock);
    }
}
