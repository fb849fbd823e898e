package io.tollgate.metering.kept.postgres;

import io.tollgate.metering.kept.SettleKeeper;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How settles are kept until they are booked.
 *
 * @param max how many are kept, rounded up to a power of two; beyond, the oldest is dropped. One takes some 300 bytes
 * @param interval pause between two looks
 * @param lookups settles looked up in the book with one statement
 * @param resends settles sent again side by side
 * @param patience how long a settle may stay unbooked before the live store is asked whether it still has it
 * @param longestPause the most that repeated failures stretch the interval to
 * @param shutdown how long shutdown waits for the look under way, and again until all are booked
 */
@ConfigurationProperties("tollgate.metering.kept")
record KeptSettings(
        @DefaultValue("131072") int max,
        @DefaultValue("1s") Duration interval,
        @DefaultValue("2000") int lookups,
        @DefaultValue("16") int resends,
        @DefaultValue("10s") Duration patience,
        @DefaultValue("10s") Duration longestPause,
        @DefaultValue("10s") Duration shutdown) {

    KeptSettings {
        if (lookups < 1 || resends < 1) {
            throw new IllegalArgumentException("tollgate.metering.kept: lookups and resends start at 1");
        }
        if (interval.toMillis() < 10 || patience.isNegative()) {
            throw new IllegalArgumentException(
                    "tollgate.metering.kept: interval is at least 10 ms, patience not below zero");
        }
    }

    SettleKeeper.Bounds bounds() {
        return new SettleKeeper.Bounds(lookups, resends, patience);
    }
}
