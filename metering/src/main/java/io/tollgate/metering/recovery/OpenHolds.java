package io.tollgate.metering.recovery;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.reservation.BookedEnd;
import io.tollgate.metering.reservation.HoldId;
import java.util.List;
import reactor.core.publisher.Mono;

/** The holds that the live store has open, to be walked through. */
public interface OpenHolds {

    /** A hold and its account. */
    record OpenHold(AccountId account, HoldId hold) {}

    /**
     * A page of a walk.
     *
     * @param next where the next page begins; {@link #START} after the last
     */
    record Page(List<OpenHold> holds, String next) {}

    /** A hold that has ended, and how. */
    record Grave(OpenHold hold, BookedEnd end) {}

    /** Where a walk begins. */
    String START = "0";

    /** About {@code count} holds; every one that is open from the walk's beginning to its end is met, some perhaps twice. */
    Mono<Page> page(Partition partition, String from, int count);

    /** Ends those that are open without an event, and answers how many were. */
    Mono<Long> bury(Partition partition, long epoch, List<Grave> graves);
}
