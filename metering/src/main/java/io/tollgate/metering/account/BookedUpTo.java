package io.tollgate.metering.account;

/**
 * How far a partition's events were booked when something was read from the book: up to the {@code number}-th of the epoch.
 */
public record BookedUpTo(long epoch, long number) {

    /** Not a single event. */
    public static final BookedUpTo NOTHING = new BookedUpTo(0, 0);

    public BookedUpTo {
        if (epoch < 0 || number < 0) {
            throw new IllegalArgumentException("position below zero: " + epoch + "-" + number);
        }
    }
}
