package io.tollgate.metering.live;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.BookedAccounts;
import io.tollgate.metering.account.BookedUpTo;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.recovery.Cursors;
import io.tollgate.metering.recovery.Epoch;
import io.tollgate.metering.recovery.Footing;
import io.tollgate.metering.recovery.Loss;
import io.tollgate.metering.recovery.Recovered;
import io.tollgate.metering.reservation.BookedEnd;
import io.tollgate.metering.reservation.BookedEnds;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.usage.OlderEvents;
import io.tollgate.metering.usage.PartitionFlusher;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A book of record that remembers only what the live store asks of it. */
public final class FakeBook implements BookedAccounts, Commands, Cursors, PartitionFlusher, OlderEvents, BookedEnds {

    private static final Partitions PARTITIONS = new Partitions(LiveStore.PARTITIONS);

    private final Map<AccountId, AccountSnapshot> accounts = new ConcurrentHashMap<>();
    private final List<IssuedCommand> waiting = new CopyOnWriteArrayList<>();
    private final Map<Partition, Footing> footings = new ConcurrentHashMap<>();
    private final Map<HoldId, BookedEnd> ends = new ConcurrentHashMap<>();
    private final List<Loss> losses = new CopyOnWriteArrayList<>();
    private final AtomicInteger snapshots = new AtomicInteger();
    private final AtomicInteger flushes = new AtomicInteger();
    private final AtomicInteger olderReads = new AtomicInteger();

    /** Booked up to where the partition was opened, unless it says otherwise. */
    public void put(AccountSnapshot account) {
        accounts.put(account.account(), account);
    }

    public void putWaiting(IssuedCommand command) {
        waiting.add(command);
    }

    /** Open. */
    public void putEpoch(Partition partition, Epoch epoch) {
        putFooting(partition, new Footing(epoch.epoch(), epoch.epoch(), epoch.seen()));
    }

    public void putFooting(Partition partition, Footing footing) {
        footings.put(partition, footing);
    }

    public void putEnd(HoldId hold, BookedEnd end) {
        ends.put(hold, end);
    }

    /** The partition's epoch. */
    public long epoch(Partition partition) {
        return footings.getOrDefault(partition, Footing.UNUSED).epoch();
    }

    /** What epochs were given up for. */
    public List<Loss> losses() {
        return losses;
    }

    /** How often older epochs were read to their end. */
    public int olderReads() {
        return olderReads.get();
    }

    public int snapshots() {
        return snapshots.get();
    }

    public int flushes() {
        return flushes.get();
    }

    @Override
    public Mono<CreateResult> create(AccountId id, String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<Account> find(AccountId id) {
        return Mono.fromSupplier(() -> accounts.get(id))
                .map(known -> new Account(id, id.value(), known.state(), Instant.EPOCH));
    }

    @Override
    public Mono<AccountSnapshot> snapshot(AccountId id) {
        return Mono.fromSupplier(() -> {
            snapshots.incrementAndGet();
            AccountSnapshot known = accounts.get(id);
            return known == null || !known.booked().equals(BookedUpTo.NOTHING) ? known : known.at(open(id));
        });
    }

    private BookedUpTo open(AccountId account) {
        return new BookedUpTo(
                footings.getOrDefault(PARTITIONS.of(account), Footing.UNUSED).openEpoch(), 0);
    }

    @Override
    public Mono<IssuedCommand> issue(AccountId account, String id, Command command) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Flux<IssuedCommand> unapplied(AccountId account, int limit) {
        return Flux.defer(() -> Flux.fromIterable(waiting))
                .filter(command -> command.account().equals(account))
                .take(limit);
    }

    @Override
    public Flux<IssuedCommand> at(Collection<Place> places) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Flux<AccountId> accountsWaiting(Duration age, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<Footing> footing(Partition partition) {
        return Mono.fromSupplier(() -> footings.getOrDefault(partition, Footing.UNUSED));
    }

    @Override
    public Mono<Void> advance(Partition partition, Loss loss) {
        return Mono.fromRunnable(() -> footings.compute(partition, (of, now) -> {
            if (now != null && now.epoch() > loss.epoch()) {
                return now;
            }
            losses.add(loss);
            return new Footing(loss.epoch() + 1, now == null ? 0 : now.openEpoch(), 0);
        }));
    }

    @Override
    public Mono<Void> witness(Partition partition, Epoch told) {
        return Mono.empty();
    }

    @Override
    public Mono<Void> noteBuried(Partition partition, long epoch, long holds) {
        return Mono.empty();
    }

    @Override
    public Mono<Recovered> open(Partition partition, long epoch) {
        return Mono.fromRunnable(() -> footings.computeIfPresent(
                partition, (of, now) -> now.epoch() == epoch ? new Footing(epoch, epoch, 0) : now));
    }

    @Override
    public Mono<Rest> book(Partition partition, long epoch) {
        return Mono.fromSupplier(() -> {
            olderReads.incrementAndGet();
            return Rest.NONE;
        });
    }

    @Override
    public Mono<Map<HoldId, BookedEnd>> of(Collection<HoldId> holds) {
        return Mono.fromSupplier(() -> ends.entrySet().stream()
                .filter(end -> holds.contains(end.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public Mono<Void> flush(Partition partition) {
        return Mono.fromRunnable(flushes::incrementAndGet);
    }
}
