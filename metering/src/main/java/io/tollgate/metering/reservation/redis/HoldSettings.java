package io.tollgate.metering.reservation.redis;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long an ended hold is remembered. A settle sent again within that time answers what the first did.
 *
 * @param tombstoneTtl also bounds the age up to which a settle is decided in Redis at all (three quarters of it)
 */
@ConfigurationProperties("tollgate.metering")
record HoldSettings(@DefaultValue("1h") Duration tombstoneTtl) {

    HoldSettings {
        if (tombstoneTtl.toMillis() < 1_000) {
            throw new IllegalArgumentException("tollgate.metering.tombstone-ttl below one second: " + tombstoneTtl);
        }
    }
}
