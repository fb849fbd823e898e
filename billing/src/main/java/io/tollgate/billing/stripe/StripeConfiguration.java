package io.tollgate.billing.stripe;

import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.StripeClient.StripeClientBuilder;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.checkout.StripeUnavailableException;
import io.tollgate.billing.checkout.StripeUnavailableException.Effect;
import io.tollgate.billing.checkout.Till;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StripeSettings.class)
class StripeConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(StripeConfiguration.class);
    private static final int IDLE_SECONDS = 60;

    @Bean(destroyMethod = "dispose")
    Scheduler stripeScheduler(StripeSettings settings) {
        return Schedulers.newBoundedElastic(settings.threads(), settings.queue(), "stripe", IDLE_SECONDS, true);
    }

    @Bean
    StripeAccess stripeAccess(
            StripeSettings properties,
            Environment environment,
            Scheduler stripeScheduler,
            ObjectProvider<MeterRegistry> meters) {
        StripeSettings settings = properties.orElse(
                environment.getProperty("STRIPE_API_BASE"), environment.getProperty("STRIPE_SECRET_KEY"));
        CircuitBreakerRegistry breakers = CircuitBreakerRegistry.of(breaker(settings));
        meters.ifAvailable(TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers)::bindTo);
        return access(settings, stripeScheduler, breakers.circuitBreaker("stripe"));
    }

    @Bean
    Till till(StripeAccess stripe) {
        return stripe.isConfigured() ? new StripeTill(stripe) : new UnconfiguredTill();
    }

    static StripeAccess access(StripeSettings settings, Scheduler scheduler, CircuitBreaker breaker) {
        StripeCalls calls = new StripeCalls(scheduler, breaker, settings);
        String secretKey = settings.secretKey();
        if (secretKey == null) {
            LOG.warn("No Stripe secret key is configured (tollgate.billing.stripe.secret-key or STRIPE_SECRET_KEY): "
                    + "nothing can be bought.");
            return new StripeAccess(null, calls);
        }
        return new StripeAccess(client(settings, secretKey), calls);
    }

    private static StripeClient client(StripeSettings settings, String secretKey) {
        // Static only; it would send figures of our own calls along with the next one.
        Stripe.enableTelemetry = false;
        StripeClientBuilder client = StripeClient.builder()
                .setApiKey(secretKey)
                .setConnectTimeout(Math.toIntExact(settings.connectTimeout().toMillis()))
                .setReadTimeout(Math.toIntExact(settings.readTimeout().toMillis()))
                .setMaxNetworkRetries(0);
        if (settings.apiBase() != null) {
            client.setApiBase(withoutSlash(settings.apiBase().toString()));
        }
        return client.build();
    }

    static CircuitBreakerConfig breaker(StripeSettings settings) {
        return CircuitBreakerConfig.custom()
                .slidingWindowSize(settings.breakerWindow())
                .minimumNumberOfCalls(settings.breakerWindow())
                .failureRateThreshold(50)
                .waitDurationInOpenState(settings.breakerPause())
                .permittedNumberOfCallsInHalfOpenState(3)
                .recordException(StripeConfiguration::isStripesFailure)
                .build();
    }

    // Not what our own full queue turned away, and not what Stripe refused: both say that it is there.
    private static boolean isStripesFailure(Throwable failure) {
        return failure instanceof StripeUnavailableException unavailable && unavailable.effect() != Effect.NONE;
    }

    private static String withoutSlash(String base) {
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }
}
