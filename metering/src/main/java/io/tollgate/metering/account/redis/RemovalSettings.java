package io.tollgate.metering.account.redis;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How accounts leave the live store.
 *
 * @param markerTtl how long a removed account's last position is remembered; longer than loading an account can take
 */
@ConfigurationProperties("tollgate.metering.removal")
record RemovalSettings(@DefaultValue("10m") Duration markerTtl) {

    RemovalSettings {
        if (markerTtl.toMillis() < 1_000) {
            throw new IllegalArgumentException("tollgate.metering.removal.marker-ttl below one second: " + markerTtl);
        }
    }
}
