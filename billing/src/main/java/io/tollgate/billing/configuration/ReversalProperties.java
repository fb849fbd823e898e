package io.tollgate.billing.configuration;

import io.tollgate.billing.dispute.Measure;
import io.tollgate.billing.refund.MoneyBackSettings;
import io.tollgate.billing.refund.RefundSettings;
import io.tollgate.billing.reversal.WhenLost;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Refunds and disputes; what each means is said where it is used. */
@ConfigurationProperties("tollgate.billing.reversal")
record ReversalProperties(
        @DefaultValue MoneyBackLine moneyBack,
        @DefaultValue AskingLine asking,
        @DefaultValue("stay-frozen") WhenLost whenDisputeLost,
        @DefaultValue Set<Measure> onFraudWarning) {

    record MoneyBackLine(
            @DefaultValue("unused-part") MoneyBackSettings.Policy policy,
            @DefaultValue("7d") Duration window) {
        MoneyBackSettings settings() {
            return new MoneyBackSettings(policy, window);
        }
    }

    /**
     * Asking Stripe again for refunds.
     *
     * @param interval how often a gateway looks for requests that are due
     * @param longestIdle the most that repeated failures stretch the interval to
     */
    record AskingLine(
            @DefaultValue("15s") Duration firstCheck,
            @DefaultValue("30m") Duration longestCheck,
            @DefaultValue("32") int batch,
            @DefaultValue("4") int concurrency,
            @DefaultValue("5s") Duration interval,
            @DefaultValue("2m") Duration longestIdle) {
        RefundSettings settings() {
            return new RefundSettings(firstCheck, longestCheck, batch, concurrency);
        }
    }
}
