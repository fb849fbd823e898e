package io.tollgate.metering.redis;

/** Where scripts have the time from. */
@FunctionalInterface
public interface ScriptClock {

    /** Redis' own, which all gateways share. */
    ScriptClock REDIS = () -> "";

    /** Epoch milliseconds as text, or empty for Redis' own clock. */
    String now();
}
