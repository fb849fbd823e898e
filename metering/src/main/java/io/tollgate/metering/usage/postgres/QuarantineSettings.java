package io.tollgate.metering.usage.postgres;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How resolved quarantines are finished where a gateway died over it.
 *
 * @param interval pause between two looks
 * @param longestPause the most that repeated failures stretch the interval to
 * @param shutdown how long shutdown waits for the look under way
 */
@ConfigurationProperties("tollgate.metering.quarantine")
record QuarantineSettings(
        @DefaultValue("10s") Duration interval,
        @DefaultValue("1m") Duration longestPause,
        @DefaultValue("5s") Duration shutdown) {

    QuarantineSettings {
        if (interval.toMillis() < 10) {
            throw new IllegalArgumentException("tollgate.metering.quarantine.interval below 10 ms: " + interval);
        }
    }
}
