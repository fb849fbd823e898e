package io.tollgate.metering.redis;

import io.tollgate.metering.recovery.Epoch;

/**
 * What a caller believes when it sends a script.
 *
 * @param nowMillis see {@link ScriptClock#nowMillis()}
 */
public record Standing(Epoch epoch, long nowMillis) {}
