package io.tollgate.metering.kept;

import io.tollgate.metering.account.Partition;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.kept.KeptSettles.Slot;
import io.tollgate.metering.kept.SettleBook.Booked;
import io.tollgate.metering.usage.ChargedLately;
import io.tollgate.metering.usage.PartitionFlusher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Forgets settles that the book has and sends those again that neither store has.
 *
 * <p>A cursor that has passed a settle's number, or a newer epoch that is open, says that it is time to look; only the settle's own id in the book says
 * that it is there: after a loss that no witness saw, the number may be another gateway's. One settle per partition that stays unbooked
 * for long is sent again merely to ask: if the live store lost data while nobody calls, its answer starts the recovery.
 */
public final class SettleKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(SettleKeeper.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    /**
     * How much is done at a time.
     *
     * @param lookups settles looked up with one statement
     * @param resends settles sent again side by side
     * @param patience how long a settle may stay unbooked before the live store is asked whether it still has it
     */
    public record Bounds(int lookups, int resends, Duration patience) {}

    private final KeptSettles kept;
    private final SettleBook book;
    private final Resending resending;
    private final PartitionFlusher flusher;
    private final ChargedLately charged;
    private final Partitions partitions;
    private final KeptMeter meter;
    private final Bounds bounds;

    /** Where settles were acknowledged. */
    private record Origin(Partition partition, long epoch) {}

    private record Found(Map<Partition, List<Slot>> passed, List<Slot> overdue, Set<Partition> renewed) {
        List<Slot> passedBut(Set<Partition> waiting) {
            return passed.entrySet().stream()
                    .filter(of -> !waiting.contains(of.getKey()))
                    .flatMap(of -> of.getValue().stream())
                    .toList();
        }
    }

    public SettleKeeper(
            KeptSettles kept,
            SettleBook book,
            Resending resending,
            PartitionFlusher flusher,
            ChargedLately charged,
            Partitions partitions,
            KeptMeter meter,
            Bounds bounds) {
        this.kept = kept;
        this.book = book;
        this.resending = resending;
        this.flusher = flusher;
        this.charged = charged;
        this.partitions = partitions;
        this.meter = meter;
        this.bounds = bounds;
    }

    /** One look at all that is kept; costs no I/O where nothing is, or where this gateway has booked all of it itself. */
    public Mono<Void> look() {
        return Mono.defer(() -> {
            Set<String> booked = charged.take();
            List<Slot> all = kept.all();
            meter.waiting(all.size());
            List<Slot> left =
                    forget(all, slot -> booked.contains(slot.kept().hold().toString()));
            return left.isEmpty() ? Mono.empty() : look(byPartition(left));
        });
    }

    /** Until nothing is kept any more: to be bounded by the caller. */
    public Mono<Void> finish() {
        return flushAll()
                .then(look())
                .repeatWhen(
                        done -> done.takeWhile(again -> !kept.all().isEmpty()).delayElements(LOOK_AGAIN))
                .then();
    }

    private Mono<Void> flushAll() {
        return Flux.defer(() -> Flux.fromIterable(byPartition(kept.all()).keySet()))
                .concatMap(flusher::flush)
                .then();
    }

    private Mono<Void> look(Map<Partition, List<Slot>> all) {
        return book.booked(all.keySet()).flatMap(positions -> {
            Found found = new Found(new HashMap<>(), new ArrayList<>(), new HashSet<>());
            positions.forEach((partition, booked) -> sort(partition, all, booked, found));
            return unbooked(found.renewed())
                    .flatMap(unbooked -> judge(found.passedBut(unbooked)))
                    .then(ask(found.overdue()));
        });
    }

    /** Of older epochs the stream may still have what the book lacks. Answers where that cannot be booked now: those wait. */
    private Mono<Set<Partition>> unbooked(Set<Partition> renewed) {
        return Flux.fromIterable(renewed)
                .concatMap(partition -> flusher.flush(partition)
                        .then(Mono.<Partition>empty())
                        .onErrorResume(failure -> {
                            LOG.warn("Kept settles of {} wait: {}", partition, failure.toString());
                            return Mono.just(partition);
                        }))
                .collect(Collectors.toSet());
    }

    private void sort(Partition partition, Map<Partition, List<Slot>> all, Booked booked, Found found) {
        Slot oldest = null;
        for (Slot slot : all.getOrDefault(partition, List.of())) {
            if (booked.hasPassed(slot.kept().acknowledged())) {
                found.passed()
                        .computeIfAbsent(partition, p -> new ArrayList<>())
                        .add(slot);
                if (slot.kept().acknowledged().epoch() < booked.openEpoch()) {
                    found.renewed().add(partition);
                }
            } else if (oldest == null
                    || slot.kept().sinceNanos() - oldest.kept().sinceNanos() < 0) {
                oldest = slot;
            }
        }
        if (oldest != null
                && System.nanoTime() - oldest.kept().sinceNanos()
                        > bounds.patience().toNanos()) {
            found.overdue().add(oldest);
        }
    }

    private Mono<Void> judge(List<Slot> passed) {
        return Flux.fromIterable(passed)
                .buffer(bounds.lookups())
                .concatMapDelayError(some -> book.known(
                                some.stream().map(Slot::kept).toList())
                        .flatMap(known -> sendAgain(
                                forget(some, slot -> known.contains(slot.kept().hold())))))
                .then();
    }

    /** Notes how many were sent even where some were not. */
    private Mono<Void> sendAgain(List<Slot> missing) {
        Map<Origin, LongAdder> sent = new ConcurrentHashMap<>();
        Flux<Void> sends = Flux.fromIterable(missing)
                .flatMapDelayError(
                        slot -> sendAgain(slot).doOnSuccess(done -> count(sent, slot)),
                        bounds.resends(),
                        bounds.resends());
        Flux<Void> notes = Flux.defer(() -> Flux.fromIterable(sent.entrySet()))
                .concatMap(of -> book.noteResent(
                        of.getKey().partition(),
                        of.getKey().epoch(),
                        of.getValue().sum()));
        return Flux.concatDelayError(sends, notes).then();
    }

    private void count(Map<Origin, LongAdder> sent, Slot slot) {
        Origin origin = new Origin(
                partitions.of(slot.kept().account()), slot.kept().acknowledged().epoch());
        sent.computeIfAbsent(origin, none -> new LongAdder()).increment();
    }

    /** Answers those that are not known to be in the book. */
    private List<Slot> forget(List<Slot> slots, Predicate<Slot> known) {
        List<Slot> missing = new ArrayList<>();
        for (Slot slot : slots) {
            if (known.test(slot)) {
                kept.release(slot);
            } else {
                missing.add(slot);
            }
        }
        meter.booked(slots.size() - missing.size());
        return missing;
    }

    private Mono<Void> sendAgain(Slot slot) {
        return resending.send(slot.kept()).doOnSuccess(done -> {
            kept.release(slot);
            meter.resent();
        });
    }

    private Mono<Void> ask(List<Slot> overdue) {
        return Flux.fromIterable(overdue)
                .flatMapDelayError(
                        slot -> resending.send(slot.kept()).doOnSuccess(done -> {
                            kept.release(slot);
                            meter.asked();
                        }),
                        bounds.resends(),
                        bounds.resends())
                .then();
    }

    private Map<Partition, List<Slot>> byPartition(List<Slot> slots) {
        Map<Partition, List<Slot>> all = new HashMap<>();
        for (Slot slot : slots) {
            all.computeIfAbsent(partitions.of(slot.kept().account()), p -> new ArrayList<>())
                    .add(slot);
        }
        return all;
    }
}
