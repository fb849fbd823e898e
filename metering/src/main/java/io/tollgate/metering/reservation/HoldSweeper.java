package io.tollgate.metering.reservation;

import io.tollgate.metering.account.Partition;
import reactor.core.publisher.Mono;

/** Ends the holds that nobody ended. */
public interface HoldSweeper {

    /** Expires holds of the partition whose deadline has passed, a bounded number at a time, and answers how many. */
    Mono<Long> sweep(Partition partition);

    /** Does so for all partitions where a hold may be due, and answers how many expired; those where none is cost next to nothing. */
    Mono<Long> sweepDue();
}
