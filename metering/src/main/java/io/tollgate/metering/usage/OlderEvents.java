package io.tollgate.metering.usage;

import io.tollgate.metering.account.Partition;
import reactor.core.publisher.Mono;

/** What epochs that are over have left in a partition's stream. */
public interface OlderEvents {

    /** Whether all of it is booked. */
    enum Rest {
        MORE,
        NONE
    }

    /**
     * Books the next page of what the book lacks of the epochs below {@code epoch}, told by the events' ids and not by the cursor: their
     * numbers may have been used twice. Goes on where the last page ended, whichever gateway booked it. Does nothing once the
     * partition is open in that epoch or has left it.
     */
    Mono<Rest> book(Partition partition, long epoch);
}
