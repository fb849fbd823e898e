package io.tollgate.metering.redis;

/** Where scripts have the time from. */
@FunctionalInterface
public interface ScriptClock {

    /** Instead of a time: the script asks Redis. */
    long UNKNOWN = 0;

    /** Epoch milliseconds by Redis' clock, which all gateways share, or {@link #UNKNOWN}. */
    long nowMillis();
}
