package io.tollgate.loadtest.benchmark.load;

/**
 * The measured part of a load, after its start and before its end.
 *
 * @param callsPerSecond how many ended
 * @param latency from the moment a call was due to its last byte
 * @param firstByte from the same moment to the first byte of its body
 */
public record Stretch(double callsPerSecond, Samples latency, Samples firstByte) {}
