package io.tollgate.metering.account.postgres;

import io.tollgate.metering.account.Eviction;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When accounts leave the live store.
 *
 * @param idle how long an account must have been unused, in whole seconds
 * @param interval pause between two turns
 * @param looks accounts looked at in one turn, about: with the interval it says how long a walk over all of them takes
 * @param concurrency accounts evicted side by side
 * @param longestPause the most that repeated failures stretch the interval to
 * @param shutdown how long shutdown waits for the turn under way
 */
@ConfigurationProperties("tollgate.metering.eviction")
record EvictionSettings(
        @DefaultValue("1h") Duration idle,
        @DefaultValue("1s") Duration interval,
        @DefaultValue("500") int looks,
        @DefaultValue("16") int concurrency,
        @DefaultValue("1m") Duration longestPause,
        @DefaultValue("5s") Duration shutdown) {

    EvictionSettings {
        if (interval.toMillis() < 10 || looks < 1 || concurrency < 1 || idle.isNegative()) {
            throw new IllegalArgumentException(
                    "tollgate.metering.eviction: interval is at least 10 ms, looks and concurrency start at 1, idle is not below zero");
        }
    }

    Eviction.Bounds bounds() {
        return new Eviction.Bounds(idle, looks, concurrency);
    }
}
