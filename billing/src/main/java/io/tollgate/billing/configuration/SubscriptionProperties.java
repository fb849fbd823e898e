package io.tollgate.billing.configuration;

import io.tollgate.billing.subscription.SubscriptionSettings;
import io.tollgate.billing.subscription.SubscriptionSettings.AfterPlan;
import io.tollgate.billing.subscription.SubscriptionSettings.AtEnd;
import io.tollgate.billing.subscription.SubscriptionSettings.Unpriced;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Subscriptions; what the rest means is said at {@link SubscriptionSettings}.
 *
 * @param freePlan the plan of the catalog that accounts without another live on; null for none
 * @param interval how often a gateway looks for allowances and graces that are due
 * @param longestPause the most that repeated failures stretch the interval to
 * @param batch the most accounts in one turn
 */
@ConfigurationProperties("tollgate.billing.subscription")
record SubscriptionProperties(
        @DefaultValue("3h") Duration renewalWindow,
        @DefaultValue("1d") Duration grace,
        @DefaultValue("5") int failureNotices,
        @DefaultValue("3d") Duration trialNotice,
        @DefaultValue("give") Unpriced unpriced,
        @DefaultValue("end-allowance") AtEnd atEnd,
        @DefaultValue("free-plan") AfterPlan afterPlan,
        @Nullable String freePlan,
        @DefaultValue("5s") Duration interval,
        @DefaultValue("2m") Duration longestPause,
        @DefaultValue("100") int batch) {

    SubscriptionSettings settings() {
        return new SubscriptionSettings(renewalWindow, grace, failureNotices, trialNotice, unpriced, atEnd, afterPlan);
    }
}
