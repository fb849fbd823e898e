package io.tollgate.metering.recovery;

/**
 * A stretch of a partition's life during which the live store lost nothing, and how far its events are known.
 *
 * @param epoch rises by one with each recovery; 0 before the first
 * @param seen the highest event number of the epoch one has been told of
 */
public record Epoch(long epoch, long seen) {

    /** Before anything was opened. */
    public static final Epoch NONE = new Epoch(0, 0);

    public Epoch {
        if (epoch < 0 || seen < 0) {
            throw new IllegalArgumentException("epoch below zero: " + epoch + "-" + seen);
        }
    }
}
