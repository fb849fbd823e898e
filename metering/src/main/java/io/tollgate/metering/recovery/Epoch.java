package io.tollgate.metering.recovery;

/**
 * A stretch of a partition's life during which the live store lost nothing, and how far this gateway has seen its events.
 *
 * @param epoch rises by one with each recovery; 0 before the first
 * @param seen the highest event number of the epoch this gateway has been told of
 */
public record Epoch(long epoch, long seen) {}
