package io.tollgate.metering.live;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.BookedAccounts;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.recovery.Cursors;
import io.tollgate.metering.recovery.Epoch;
import io.tollgate.metering.usage.PartitionFlusher;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A book of record that remembers only what the live store asks of it. */
public final class FakeBook implements BookedAccounts, Commands, Cursors, PartitionFlusher {

    private final Map<AccountId, AccountSnapshot> accounts = new ConcurrentHashMap<>();
    private final List<IssuedCommand> waiting = new CopyOnWriteArrayList<>();
    private final Map<Partition, Epoch> epochs = new ConcurrentHashMap<>();
    private final AtomicInteger snapshots = new AtomicInteger();
    private final AtomicInteger flushes = new AtomicInteger();

    public void put(AccountSnapshot account) {
        accounts.put(account.account(), account);
    }

    public void putWaiting(IssuedCommand command) {
        waiting.add(command);
    }

    public void putEpoch(Partition partition, Epoch epoch) {
        epochs.put(partition, epoch);
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
            return accounts.get(id);
        });
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
    public Mono<Epoch> epoch(Partition partition) {
        return Mono.fromSupplier(() -> epochs.getOrDefault(partition, Epoch.NONE));
    }

    @Override
    public Mono<Long> advance(Partition partition, long lost) {
        return Mono.fromSupplier(() -> epochs.merge(
                        partition, new Epoch(lost + 1, 0), (now, next) -> now.epoch() > lost ? now : next)
                .epoch());
    }

    @Override
    public Mono<Void> flush(Partition partition) {
        return Mono.fromRunnable(flushes::incrementAndGet);
    }
}
