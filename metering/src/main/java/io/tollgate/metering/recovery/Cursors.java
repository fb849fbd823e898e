package io.tollgate.metering.recovery;

import io.tollgate.metering.account.Partition;
import reactor.core.publisher.Mono;

/** The book's side of the epochs: which one each partition is in, and whether it is open. */
public interface Cursors {

    /** Where the book has the partition; {@link Footing#UNUSED} for one that nobody has used. */
    Mono<Footing> footing(Partition partition);

    /**
     * Closes the partition in the epoch that follows the loss, and notes what was found, unless that has been done since. What is
     * booked of older epochs stays.
     */
    Mono<Void> advance(Partition partition, Loss loss);

    /** A gateway had been told of this much in an epoch that was lost since. */
    Mono<Void> witness(Partition partition, Epoch told);

    /** Adds to what the recovery into {@code epoch} has done. */
    Mono<Void> noteBuried(Partition partition, long epoch, long holds);

    /**
     * Opens the partition in {@code epoch} if it is still closed in it: the cursor moves to the epoch's beginning, and an incident
     * says what was found, booked, buried and lost. Answers that; empty if there was nothing to open, or nothing to lose before it.
     */
    Mono<Recovered> open(Partition partition, long epoch);
}
