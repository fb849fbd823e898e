package io.tollgate.metering.usage;

import io.tollgate.metering.account.Partition;
import io.tollgate.metering.store.StoreUnavailableException;
import io.tollgate.metering.usage.EventBook.Flushed;
import io.tollgate.metering.usage.EventBook.WhereLocked;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Brings events from the streams into the book. Any number of gateways may do so at once: a partition's cursor is one row, and
 * whoever has it locked books that partition. A failed flush changes nothing and is tried again.
 */
public final class Flusher implements PartitionFlusher {

    private static final Logger LOG = LoggerFactory.getLogger(Flusher.class);
    private static final int TRIMS_AT_ONCE = 16;

    private final EventBook book;
    private final UsageStream stream;
    private final LossRecovery recovery;
    private final FlushProgress progress;
    private final FlushMeter meter;
    private final List<BookedLately> lately;
    private final ChargedLately charged;
    private final Width width;

    /**
     * How much is done at a time.
     *
     * @param partitionsAtOnce the most partitions in one SQL transaction
     * @param concurrency SQL transactions side by side, each with its own partitions
     */
    public record Width(int partitionsAtOnce, int concurrency) {}

    public Flusher(
            EventBook book,
            UsageStream stream,
            LossRecovery recovery,
            FlushProgress progress,
            FlushMeter meter,
            List<BookedLately> lately,
            ChargedLately charged,
            Width width) {
        this.book = book;
        this.stream = stream;
        this.recovery = recovery;
        this.progress = progress;
        this.meter = meter;
        this.lately = List.copyOf(lately);
        this.charged = charged;
        this.width = width;
    }

    @Override
    public Mono<Void> flush(Partition partition) {
        return flush(List.of(partition), WhereLocked.WAIT);
    }

    /** Books what this gateway has caused and nobody has booked yet; without such, costs no I/O. */
    public Mono<Void> flushOwn() {
        return Mono.defer(() -> flushAll(progress.behind()));
    }

    /** Looks at every partition: for what other gateways left behind, and for what may be trimmed. */
    public Mono<Void> sweep() {
        return Mono.defer(() -> flushAll(progress.all()));
    }

    private Mono<Void> flushAll(List<Partition> wanted) {
        return Flux.fromIterable(wanted)
                .buffer(width.partitionsAtOnce())
                .flatMap(this::flushApart, width.concurrency())
                .then();
    }

    /** Together if possible; where one partition's trouble spoils the batch, each for itself, so that only that one waits. */
    private Mono<Void> flushApart(List<Partition> wanted) {
        return flush(wanted, WhereLocked.SKIP)
                .onErrorResume(
                        failure -> wanted.size() > 1 && !(failure instanceof StoreUnavailableException),
                        failure -> Flux.fromIterable(wanted)
                                .concatMapDelayError(one -> flush(List.of(one), WhereLocked.SKIP))
                                .then());
    }

    private Mono<Void> flush(Collection<Partition> wanted, WhereLocked whereLocked) {
        return batch(wanted, whereLocked)
                .expand(flushed ->
                        flushed.unfinished().isEmpty() ? Mono.empty() : batch(flushed.unfinished(), whereLocked))
                .then();
    }

    private Mono<Flushed> batch(Collection<Partition> wanted, WhereLocked whereLocked) {
        return Mono.defer(() -> {
            long startedNanos = System.nanoTime();
            return book.flush(wanted, whereLocked)
                    .doOnNext(flushed -> note(flushed, System.nanoTime() - startedNanos))
                    .flatMap(flushed ->
                            trim(flushed).then(recover(flushed, whereLocked)).thenReturn(flushed));
        });
    }

    // Outside the SQL transaction, which has the cursors locked. What fails here is found again by the next flush.
    private Mono<Void> recover(Flushed flushed, WhereLocked whereLocked) {
        return Flux.fromIterable(new ArrayList<>(flushed.lost().entrySet()))
                .concatMapDelayError(lost -> recovery.recover(lost.getKey(), lost.getValue()))
                .then()
                .onErrorResume(
                        failure -> whereLocked == WhereLocked.SKIP && failure instanceof StoreUnavailableException,
                        failure -> {
                            LOG.warn("A partition could not be recovered yet: {}", failure.toString());
                            return Mono.empty();
                        });
    }

    private void note(Flushed flushed, long tookNanos) {
        flushed.booked().forEach(progress::booked);
        lately.forEach(each -> each.add(flushed.accounts()));
        charged.add(flushed.charged());
        meter.booked(flushed, tookNanos, System.currentTimeMillis());
    }

    // Only a matter of space: what is not trimmed now is with the next mark.
    private Mono<Void> trim(Flushed flushed) {
        return Flux.fromIterable(new ArrayList<>(flushed.trimmable().entrySet()))
                .flatMap(entry -> stream.trim(entry.getKey(), entry.getValue()), TRIMS_AT_ONCE)
                .then()
                .onErrorResume(failure -> {
                    LOG.warn("Booked events could not be trimmed: {}", failure.toString());
                    return Mono.empty();
                });
    }
}
