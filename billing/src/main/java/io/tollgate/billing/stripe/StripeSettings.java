package io.tollgate.billing.stripe;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Stripe is reached.
 *
 * @param apiBase null for Stripe itself; else also from {@code STRIPE_API_BASE}
 * @param secretKey also from {@code STRIPE_SECRET_KEY}; without one nothing can be bought, and everything else works
 * @param callTimeout bounds one attempt, waiting for a thread included
 * @param retries attempts after the first one, with the same idempotency key
 * @param threads calls under way at the same time
 * @param queue calls that wait for a thread; more are turned away
 * @param breakerWindow after this many calls of which half got no answer, calls are turned away at once
 * @param breakerPause for this long; then a few are let through to see
 */
@ConfigurationProperties("tollgate.billing.stripe")
record StripeSettings(
        @Nullable URI apiBase,
        @Nullable String secretKey,
        @DefaultValue("3s") Duration connectTimeout,
        @DefaultValue("10s") Duration readTimeout,
        @DefaultValue("15s") Duration callTimeout,
        @DefaultValue("2") int retries,
        @DefaultValue("200ms") Duration retryDelay,
        @DefaultValue("16") int threads,
        @DefaultValue("256") int queue,
        @DefaultValue("20") int breakerWindow,
        @DefaultValue("10s") Duration breakerPause) {

    StripeSettings {
        if (apiBase != null && apiBase.toString().isBlank()) {
            apiBase = null;
        }
        if (secretKey != null && secretKey.isBlank()) {
            secretKey = null;
        }
        if (threads < 1 || queue < 1 || breakerWindow < 1 || retries < 0) {
            throw new IllegalArgumentException("tollgate.billing.stripe needs threads, queue and breaker-window of at "
                    + "least 1 and retries of at least 0");
        }
    }

    StripeSettings orElse(@Nullable String environmentApiBase, @Nullable String environmentSecretKey) {
        return new StripeSettings(
                apiBase == null && environmentApiBase != null ? URI.create(environmentApiBase) : apiBase,
                secretKey == null ? environmentSecretKey : secretKey,
                connectTimeout,
                readTimeout,
                callTimeout,
                retries,
                retryDelay,
                threads,
                queue,
                breakerWindow,
                breakerPause);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "StripeSettings[apiBase=" + apiBase + ", secretKey=" + (secretKey == null ? "none" : "set") + "]";
    }
}
