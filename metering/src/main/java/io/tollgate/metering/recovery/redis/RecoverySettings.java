package io.tollgate.metering.recovery.redis;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How partitions are recovered after a store has lost something.
 *
 * @param atOnce the most partitions that this gateway recovers at the same time; each takes a connection of the pool now and then
 * @param patience how long a call waits for the recovery of its partition before it is told to come back later
 */
@ConfigurationProperties("tollgate.metering.recovery")
record RecoverySettings(
        @DefaultValue("8") int atOnce, @DefaultValue("3s") Duration patience) {

    RecoverySettings {
        if (atOnce < 1) {
            throw new IllegalArgumentException("tollgate.metering.recovery.at-once below 1: " + atOnce);
        }
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("tollgate.metering.recovery.patience must be above zero: " + patience);
        }
    }
}
