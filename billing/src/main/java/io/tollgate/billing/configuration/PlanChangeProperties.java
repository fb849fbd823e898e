package io.tollgate.billing.configuration;

import io.tollgate.billing.planchange.ChangeSettings;
import io.tollgate.billing.planchange.ChangeTill.PauseAs;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Changes of plans; what the rest means is said at {@link ChangeSettings}.
 *
 * @param interval how often a gateway looks for changes whose outcome is not known
 * @param longestPace the most that repeated failures stretch the interval to
 */
@ConfigurationProperties("tollgate.billing.plan-change")
record PlanChangeProperties(
        @DefaultValue("10m") Duration previewValidity,
        @DefaultValue("1m") Duration settleAfter,
        @DefaultValue("30m") Duration lookAgain,
        @DefaultValue("50") int batch,
        @DefaultValue("void") PauseAs pauseAs,
        @DefaultValue("90d") Duration longestPause,
        @DefaultValue("15s") Duration interval,
        @DefaultValue("2m") Duration longestPace) {

    ChangeSettings settings() {
        return new ChangeSettings(previewValidity, settleAfter, lookAgain, batch, pauseAs, longestPause);
    }
}
