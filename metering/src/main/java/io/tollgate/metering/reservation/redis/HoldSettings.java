package io.tollgate.metering.reservation.redis;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How holds end that nobody ends, and how long an ended one is remembered.
 *
 * @param tombstoneTtl a settle sent again within it answers what the first did; it also bounds the age up to which a settle is
 *     decided in Redis at all (three quarters of it)
 * @param sweepInterval between two looks for holds that are due
 * @param sweepAtOnce how many holds of one partition a look ends at most
 * @param holds bounds on open holds
 */
@ConfigurationProperties("tollgate.metering")
record HoldSettings(
        @DefaultValue("1h") Duration tombstoneTtl,
        @DefaultValue("1s") Duration sweepInterval,
        @DefaultValue("500") int sweepAtOnce,
        @DefaultValue Holds holds) {

    /**
     * Bounds on open holds.
     *
     * @param maxOpenPerAccount a call beyond is told to come back later
     */
    record Holds(@DefaultValue("10000") int maxOpenPerAccount) {

        Holds {
            if (maxOpenPerAccount < 1) {
                throw new IllegalArgumentException(
                        "tollgate.metering.holds.max-open-per-account below 1: " + maxOpenPerAccount);
            }
        }
    }

    HoldSettings {
        if (tombstoneTtl.toMillis() < 1_000) {
            throw new IllegalArgumentException("tollgate.metering.tombstone-ttl below one second: " + tombstoneTtl);
        }
        if (sweepInterval.toMillis() < 10) {
            throw new IllegalArgumentException("tollgate.metering.sweep-interval below 10 ms: " + sweepInterval);
        }
        if (sweepAtOnce < 1) {
            throw new IllegalArgumentException("tollgate.metering.sweep-at-once below 1: " + sweepAtOnce);
        }
    }
}
