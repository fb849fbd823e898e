package io.tollgate.metering.recovery;

/**
 * Why an epoch cannot go on.
 *
 * @param epoch the last one that is over, 0 at first contact, when there was none
 * @param head as it was found, {@link Epoch#NONE} for none
 * @param known the highest number of the epoch that this gateway has been told of
 */
public record Loss(long epoch, Cause cause, Epoch head, long known) {

    /** How it was noticed. */
    public enum Cause {
        /** The live store has no head, or one of an older epoch. */
        HEAD_GONE,
        /** The head stands below what it once acknowledged. */
        HEAD_BEHIND,
        /** The entry at the cursor is gone, or is another one. */
        STREAM_BROKEN,
        /** The book is in an older epoch than the live store. */
        BOOK_BEHIND,
        /** A command's number has another id in the live store. */
        COMMANDS_DIFFER
    }

    boolean isFirstContact() {
        return epoch == 0;
    }
}
