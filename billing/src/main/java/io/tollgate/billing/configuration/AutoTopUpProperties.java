package io.tollgate.billing.configuration;

import io.tollgate.billing.autotopup.AutoTopUpSettings;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When saved cards are charged, and how often at most; what else each means is said at {@link AutoTopUpSettings}.
 *
 * @param interval between two looks for accounts that are short and attempts that are due
 * @param longestPause the most that failed looks stretch it to
 */
@ConfigurationProperties("tollgate.billing.auto-top-up")
record AutoTopUpProperties(
        @DefaultValue("1m") Duration coolDown,
        @DefaultValue("1h") Duration firstBackOff,
        @DefaultValue("1d") Duration longestBackOff,
        @DefaultValue("3") int failuresMax,
        @DefaultValue("1d") Duration confirmWithin,
        @DefaultValue("10m") Duration giveUpAfter,
        @DefaultValue("30s") Duration recheck,
        @DefaultValue("1m") Duration firstCheck,
        @DefaultValue("1h") Duration longestCheck,
        @DefaultValue("64") int batch,
        @DefaultValue("4") int concurrency,
        @DefaultValue("2s") Duration interval,
        @DefaultValue("1m") Duration longestPause) {

    AutoTopUpSettings settings(URI back) {
        return new AutoTopUpSettings(
                coolDown,
                firstBackOff,
                longestBackOff,
                failuresMax,
                confirmWithin,
                giveUpAfter,
                recheck,
                firstCheck,
                longestCheck,
                batch,
                concurrency,
                back);
    }
}
