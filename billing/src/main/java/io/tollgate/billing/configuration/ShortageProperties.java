package io.tollgate.billing.configuration;

import io.tollgate.billing.shortage.ShortageSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How fast, and of how many accounts at once, it is told that their calls are refused.
 *
 * @param interval between two turns in which listeners are told
 * @param longestPause the most that failed turns stretch it to
 */
@ConfigurationProperties("tollgate.billing.shortage")
record ShortageProperties(
        @DefaultValue("1000") int accountsMax,
        @DefaultValue("4") int concurrency,
        @DefaultValue("20s") Duration patience,
        @DefaultValue("250ms") Duration interval,
        @DefaultValue("5s") Duration longestPause) {

    ShortageSettings settings() {
        return new ShortageSettings(accountsMax, concurrency, patience);
    }
}
