package io.tollgate.metering.account.postgres;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How lots of accounts expire that nobody uses.
 *
 * @param interval pause between two turns
 * @param lots looked at in one turn
 * @param concurrency accounts side by side
 * @param longestPause the most that repeated failures stretch the interval to
 * @param shutdown how long shutdown waits for the turn under way
 */
@ConfigurationProperties("tollgate.metering.expiry")
record ExpirySettings(
        @DefaultValue("1s") Duration interval,
        @DefaultValue("1000") int lots,
        @DefaultValue("8") int concurrency,
        @DefaultValue("1m") Duration longestPause,
        @DefaultValue("5s") Duration shutdown) {

    ExpirySettings {
        if (interval.toMillis() < 10 || lots < 1 || concurrency < 1) {
            throw new IllegalArgumentException(
                    "tollgate.metering.expiry: interval is at least 10 ms, lots and concurrency start at 1");
        }
    }
}
