package io.tollgate.metering.recovery;

import io.tollgate.metering.account.Partition;
import io.tollgate.metering.usage.OlderEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Recovery in steps of which each may be done twice, by any gateway: (1) the book closes the partition in a new epoch, (2) the
 * live store opens it, which fences off everyone in an older one, (3) what the older ones left in the stream is booked, (4) holds
 * that have ended by the book are buried, (5) the book opens the partition. Whoever finds it closed goes on at (2). Accounts are
 * seeded only in an open epoch, so nobody decides anything on a state that is still incomplete.
 */
public final class SteppedRecovery implements Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(SteppedRecovery.class);

    private final Cursors cursors;
    private final Heads heads;
    private final OlderEvents olderEvents;
    private final Burial burial;
    private final Epochs epochs;
    private final RecoveryMeter meter;

    public SteppedRecovery(
            Cursors cursors, Heads heads, OlderEvents olderEvents, Burial burial, Epochs epochs, RecoveryMeter meter) {
        this.cursors = cursors;
        this.heads = heads;
        this.olderEvents = olderEvents;
        this.burial = burial;
        this.epochs = epochs;
        this.meter = meter;
    }

    @Override
    public Mono<Void> recover(Partition partition, long lost, Loss.Cause cause) {
        return heads.head(partition).flatMap(head -> begin(partition, loss(partition, lost, cause, head)));
    }

    @Override
    public Mono<Void> afterStale(Partition partition, Epoch believed, Epoch head) {
        return Mono.defer(() -> {
            if (epochs.of(partition).epoch() > believed.epoch()) {
                return Mono.empty(); // somebody here has learnt of a newer epoch since the call was sent
            }
            // A head that stood below what it had acknowledged has lost it, wherever it stands by now.
            return head.epoch() == believed.epoch() && head.epoch() > 0
                    ? begin(partition, new Loss(head.epoch(), Loss.Cause.HEAD_BEHIND, head, believed.seen()))
                    : judge(partition);
        });
    }

    // The head is read after the book, which is always the first to move on: a head below it has lost something.
    private Mono<Void> judge(Partition partition) {
        return cursors.footing(partition)
                .flatMap(book -> book.isOpen()
                        ? heads.head(partition).flatMap(head -> judge(partition, book, head))
                        : goOn(partition, book.epoch()));
    }

    private Mono<Void> judge(Partition partition, Footing book, Epoch head) {
        long told = epochs.of(partition).epoch();
        if (told > Math.max(book.epoch(), head.epoch())) {
            return begin(partition, loss(partition, told, Loss.Cause.HEAD_GONE, head));
        }
        if (head.epoch() > book.epoch()) {
            return bookIsBehind(partition, book, head);
        }
        if (head.epoch() < book.epoch() || head.epoch() == 0) {
            return begin(partition, loss(partition, book.epoch(), Loss.Cause.HEAD_GONE, head));
        }
        return head.seen() < Math.max(book.seen(), known(partition, head.epoch()))
                ? begin(partition, loss(partition, head.epoch(), Loss.Cause.HEAD_BEHIND, head))
                : learn(partition, head);
    }

    // Unless it has moved on since it was read.
    private Mono<Void> bookIsBehind(Partition partition, Footing before, Epoch head) {
        return cursors.footing(partition)
                .flatMap(now -> now.epoch() > before.epoch()
                        ? judge(partition)
                        : begin(partition, loss(partition, head.epoch(), Loss.Cause.BOOK_BEHIND, head)));
    }

    private Mono<Void> learn(Partition partition, Epoch head) {
        Epoch told = epochs.of(partition);
        epochs.saw(partition, head.epoch(), head.seen());
        return told.epoch() > 0 && told.epoch() < head.epoch() ? cursors.witness(partition, told) : Mono.empty();
    }

    private Mono<Void> begin(Partition partition, Loss loss) {
        return cursors.advance(partition, loss)
                .then(cursors.footing(partition))
                .flatMap(book -> book.isOpen() ? Mono.empty() : goOn(partition, book.epoch()));
    }

    private Mono<Void> goOn(Partition partition, long epoch) {
        return Mono.defer(() -> {
            long startedNanos = System.nanoTime();
            return heads.open(partition, epoch)
                    .flatMap(head -> head.epoch() > epoch
                            ? begin(partition, loss(partition, head.epoch(), Loss.Cause.BOOK_BEHIND, head))
                            : finish(partition, head, startedNanos));
        });
    }

    private Mono<Void> finish(Partition partition, Epoch head, long startedNanos) {
        long epoch = head.epoch();
        return (epoch == 1 ? Mono.<Void>empty() : settleOlder(partition, epoch))
                .then(cursors.open(partition, epoch))
                .doOnNext(recovered -> {
                    meter.recovered(recovered, System.nanoTime() - startedNanos);
                    LOG.warn("Partition {} is recovered, epoch {} is open: {}", partition.number(), epoch, recovered);
                })
                .then(Mono.defer(() -> learn(partition, head)));
    }

    private Mono<Void> settleOlder(Partition partition, long epoch) {
        return olderEvents
                .book(partition, epoch)
                .repeat()
                .takeUntil(rest -> rest == OlderEvents.Rest.NONE)
                .then(burial.bury(partition, epoch))
                .flatMap(buried -> cursors.noteBuried(partition, epoch, buried));
    }

    private Loss loss(Partition partition, long epoch, Loss.Cause cause, Epoch head) {
        return new Loss(epoch, cause, head, known(partition, epoch));
    }

    private long known(Partition partition, long epoch) {
        Epoch told = epochs.of(partition);
        return told.epoch() == epoch ? told.seen() : 0;
    }
}
