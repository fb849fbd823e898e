package io.tollgate.metering.recovery;

/**
 * Where the book has a partition.
 *
 * @param epoch the one it is in
 * @param openEpoch below {@code epoch} while it is being recovered: nothing may be seeded into that one yet
 * @param seen the number of the epoch's last booked event, 0 for none
 */
public record Footing(long epoch, long openEpoch, long seen) {

    /** Nobody has been there. */
    public static final Footing UNUSED = new Footing(0, 0, 0);

    public boolean isOpen() {
        return openEpoch >= epoch;
    }
}
