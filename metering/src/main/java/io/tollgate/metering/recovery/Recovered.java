package io.tollgate.metering.recovery;

/**
 * What came of a recovery.
 *
 * @param booked events that the book had lacked
 * @param buried holds that were still open though the book says they have ended
 * @param lost events that were acknowledged, at least, and that neither store has
 */
public record Recovered(long booked, long buried, long lost) {}
