package io.tollgate.metering.recovery;

import io.tollgate.metering.account.Partition;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.store.StoreUnavailableException;
import java.util.concurrent.atomic.AtomicLongArray;
import reactor.core.publisher.Mono;

/** Which epochs may be seeded into: those the book has open, so that everything older is booked. */
public final class OpenEpochs {

    private final Cursors cursors;
    private final Recovery recovery;

    /** Per partition the last epoch that was found open; one asks once for each. */
    private final AtomicLongArray open;

    public OpenEpochs(Cursors cursors, Recovery recovery, Partitions partitions) {
        this.cursors = cursors;
        this.recovery = recovery;
        this.open = new AtomicLongArray(partitions.count());
    }

    /** Completes if the partition is open in {@code epoch} or once it is; signals that the store is unavailable if it is not. */
    public Mono<Void> require(Partition partition, long epoch) {
        return Mono.defer(() -> open.get(partition.number()) >= epoch
                ? Mono.empty()
                : cursors.footing(partition)
                        .flatMap(book ->
                                isOpen(partition, book, epoch) ? Mono.empty() : recover(partition, book, epoch)));
    }

    /** As {@link #require}, but asks the book in any case: something read from it speaks against its having the epoch open. */
    Mono<Void> requireAnew(Partition partition, long epoch) {
        return Mono.defer(() -> {
            open.set(partition.number(), 0);
            return require(partition, epoch);
        });
    }

    private Mono<Void> recover(Partition partition, Footing book, long epoch) {
        Mono<Void> recovered = book.epoch() < epoch
                ? recovery.recover(partition, epoch, Loss.Cause.BOOK_BEHIND)
                : recovery.recover(partition, book.epoch() - 1, Loss.Cause.HEAD_GONE);
        return recovered
                .then(cursors.footing(partition))
                .flatMap(now -> isOpen(partition, now, epoch)
                        ? Mono.empty()
                        : Mono.error(new StoreUnavailableException(
                                "partition " + partition.number() + " is being recovered")));
    }

    private boolean isOpen(Partition partition, Footing book, long epoch) {
        if (book.openEpoch() < epoch) {
            return false;
        }
        open.accumulateAndGet(partition.number(), epoch, Math::max);
        return true;
    }
}
