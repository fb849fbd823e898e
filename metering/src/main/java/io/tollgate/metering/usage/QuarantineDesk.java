package io.tollgate.metering.usage;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountRemoval;
import io.tollgate.metering.account.BookedPositions;
import io.tollgate.metering.account.BookedUpTo;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.store.StoreUnavailableException;
import io.tollgate.metering.usage.Quarantine.Decision;
import io.tollgate.metering.usage.Quarantine.Resolution;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Carries out what an operator decides about an account in quarantine. The book is decided upon first; then the live store's account, which
 * has what the book may not have, goes and is seeded from the book. A crash in between is made up for by {@link #removeResolved}.
 */
public final class QuarantineDesk {

    private static final Logger LOG = LoggerFactory.getLogger(QuarantineDesk.class);
    private static final int REMOVALS_AT_ONCE = 100;

    private final Quarantine quarantine;
    private final PartitionFlusher flusher;
    private final AccountRemoval removal;
    private final BookedPositions book;
    private final Partitions partitions;
    private final QuarantineMeter meter;

    public QuarantineDesk(
            Quarantine quarantine,
            PartitionFlusher flusher,
            AccountRemoval removal,
            BookedPositions book,
            Partitions partitions,
            QuarantineMeter meter) {
        this.quarantine = quarantine;
        this.flusher = flusher;
        this.removal = removal;
        this.book = book;
        this.partitions = partitions;
        this.meter = meter;
    }

    /** Decides about all the account has in quarantine. */
    public Mono<Resolution> resolve(AccountId account, Decision decision, String because) {
        return flusher.flush(partitions.of(account))
                .then(Mono.defer(() -> quarantine.resolve(account, decision, because)))
                .flatMap(resolution -> switch (resolution) {
                    case Resolution.Resolved resolved -> {
                        meter.resolved(decision, resolved.entries());
                        yield remove(account)
                                .onErrorResume(failure -> later(account, failure))
                                .thenReturn(resolution);
                    }
                    case Resolution.NothingThere _, Resolution.Unbookable _ -> Mono.just(resolution);
                });
    }

    /** Does what was left undone, and counts what waits for a decision. */
    public Mono<Void> removeResolved() {
        return quarantine
                .toRemove(REMOVALS_AT_ONCE)
                .concatMapDelayError(this::remove)
                .then(quarantine.count())
                .doOnNext(meter::waiting)
                .then();
    }

    private Mono<Void> remove(AccountId account) {
        Partition partition = partitions.of(account);
        return flusher.flush(partition)
                .then(Mono.defer(() -> book.of(List.of(partition))))
                .flatMap(positions -> removal.drop(account, positions.getOrDefault(partition, BookedUpTo.NOTHING)))
                .flatMap(result -> switch (result) {
                    case REMOVED, ABSENT -> quarantine.removed(account);
                    case BUSY -> Mono.error(new StoreUnavailableException(account + " has gone on meanwhile"));
                });
    }

    private static Mono<Void> later(AccountId account, Throwable failure) {
        LOG.warn("{} is resolved, and will be taken out of the live store later: {}", account, failure.toString());
        return Mono.empty();
    }
}
