package io.tollgate.metering.reservation.redis;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.reservation.BookedEnd;
import io.tollgate.metering.reservation.BookedEnds;
import io.tollgate.metering.reservation.EndResult;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.store.StoreUnavailableException;
import io.tollgate.metering.usage.PartitionFlusher;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Asks the book about holds that Redis does not know though it should: what was charged and booked before Redis lost it is not
 * charged again.
 */
final class LostHolds {

    private final PartitionFlusher flusher;
    private final BookedEnds ends;
    private final LiveAccounts accounts;
    private final Partitions partitions;

    LostHolds(PartitionFlusher flusher, BookedEnds ends, LiveAccounts accounts, Partitions partitions) {
        this.flusher = flusher;
        this.ends = ends;
        this.accounts = accounts;
        this.partitions = partitions;
    }

    /** The charge that is booked, once all that is in the stream is; empty if there is none. */
    Mono<EndResult> bookedCharge(AccountId account, HoldId hold) {
        return flusher.flush(partitions.of(account))
                .then(ends.of(List.of(hold)))
                .mapNotNull(found -> found.get(hold))
                .ofType(BookedEnd.Charged.class)
                .flatMap(end -> settled(account, end));
    }

    private Mono<EndResult> settled(AccountId account, BookedEnd.Charged end) {
        return accounts.read(account)
                .<EndResult>map(now -> new EndResult.Settled(end.charged(), end.uncollected(), now.balance()))
                .switchIfEmpty(Mono.error(
                        () -> new StoreUnavailableException("the account was lost again while the book was asked")));
    }
}
