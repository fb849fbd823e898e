package io.tollgate.metering.redis;

import io.tollgate.metering.recovery.Epoch;

/**
 * What a caller believes when it sends a script.
 *
 * @param now epoch milliseconds for tests, empty for Redis' own clock
 */
public record Standing(Epoch epoch, String now) {}
