package io.tollgate.billing.configuration;

import io.tollgate.billing.checkout.CheckoutSettings;
import io.tollgate.billing.checkout.SessionOptions;
import io.tollgate.billing.reconciliation.ReconcilerSettings;
import io.tollgate.billing.topup.Verdicts.NothingPaid;
import io.tollgate.billing.webhook.WebhookSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Bounds of the billing module; what each means is said where it is used. */
@ConfigurationProperties("tollgate.billing")
record BillingProperties(
        @DefaultValue CheckoutLine checkout,
        @DefaultValue WebhookLine webhook,
        @DefaultValue ReconcilerLine reconciler) {

    /**
     * Checkouts; {@link SessionOptions} says what the options do.
     *
     * @param nothingPaid whether a promotion code that leaves nothing to pay buys credit: grant or withhold
     */
    record CheckoutLine(
            @DefaultValue("30m") Duration sessionLifetime,
            @DefaultValue("5m") Duration retryWindow,
            @DefaultValue("false") boolean automaticTax,
            @DefaultValue("false") boolean taxIdCollection,
            @DefaultValue("false") boolean allowPromotionCodes,
            @DefaultValue("false") boolean invoiceCreation,
            @DefaultValue List<String> paymentMethodTypes,
            @Nullable String paymentMethodConfiguration,
            @DefaultValue("auto") String locale,
            @DefaultValue("grant") NothingPaid nothingPaid) {
        CheckoutSettings settings() {
            return new CheckoutSettings(
                    sessionLifetime,
                    retryWindow,
                    new SessionOptions(
                            automaticTax,
                            taxIdCollection,
                            allowPromotionCodes,
                            invoiceCreation,
                            paymentMethodTypes,
                            paymentMethodConfiguration,
                            locale));
        }
    }

    /**
     * The inbox.
     *
     * @param scanInterval how often a gateway looks for events that nobody handled when they came; shutdown may wait this long
     * @param longestPause the most that repeated failures make it pause
     * @param keep how long events are kept once they are done with
     * @param forgetAtOnce the most that are forgotten in one turn of {@code tidyInterval}
     */
    record WebhookLine(
            @DefaultValue("300s") Duration tolerance,
            @DefaultValue("524288") int bodyMaxBytes,
            @DefaultValue("2m") Duration lease,
            @DefaultValue("2s") Duration firstRetry,
            @DefaultValue("1h") Duration longestRetry,
            @DefaultValue("20") int attemptsMax,
            @DefaultValue("32") int batch,
            @DefaultValue("4") int concurrency,
            @DefaultValue("1s") Duration scanInterval,
            @DefaultValue("10s") Duration longestPause,
            @DefaultValue("45d") Duration keep,
            @DefaultValue("1000") int forgetAtOnce,
            @DefaultValue("30s") Duration tidyInterval) {
        WebhookSettings settings() {
            return new WebhookSettings(
                    tolerance, bodyMaxBytes, lease, firstRetry, longestRetry, attemptsMax, batch, concurrency);
        }
    }

    /**
     * The reconciler.
     *
     * @param longestCheck the longest pause between two questions about the same order
     * @param interval how often a gateway looks for orders that are due
     * @param longestPause the most that repeated failures stretch the interval to
     */
    record ReconcilerLine(
            @DefaultValue("1m") Duration firstCheck,
            @DefaultValue("1h") Duration longestCheck,
            @DefaultValue("32") int batch,
            @DefaultValue("4") int concurrency,
            @DefaultValue("15s") Duration interval,
            @DefaultValue("2m") Duration longestPause) {
        ReconcilerSettings settings() {
            return new ReconcilerSettings(firstCheck, longestCheck, batch, concurrency);
        }
    }
}
