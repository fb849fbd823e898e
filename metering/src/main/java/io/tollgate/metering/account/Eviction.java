package io.tollgate.metering.account;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.metering.account.AccountRemoval.Removal;
import io.tollgate.metering.account.IdleAccounts.Page;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes accounts that nobody uses out of the live store, a stretch of it at a time; their next use brings them back. */
public final class Eviction {

    /**
     * How much is done at a time.
     *
     * @param idle how long an account must have been unused
     * @param looks accounts looked at in one turn, about
     * @param concurrency accounts evicted side by side
     */
    public record Bounds(Duration idle, int looks, int concurrency) {}

    private final IdleAccounts accounts;
    private final BookedPositions book;
    private final AccountRemoval removal;
    private final Partitions partitions;
    private final Bounds bounds;
    private final Counter evicted;
    private final Counter refused;
    private final AtomicReference<String> next = new AtomicReference<>(IdleAccounts.START);

    public Eviction(
            IdleAccounts accounts,
            BookedPositions book,
            AccountRemoval removal,
            Partitions partitions,
            Bounds bounds,
            MeterRegistry meters) {
        this.accounts = accounts;
        this.book = book;
        this.removal = removal;
        this.partitions = partitions;
        this.bounds = bounds;
        this.evicted = Counter.builder("tollgate.accounts.evicted")
                .description("Idle accounts taken out of the live store")
                .register(meters);
        this.refused = Counter.builder("tollgate.accounts.evictions.refused")
                .description("Idle accounts that stay for now: they hold something or are not booked as they are")
                .register(meters);
    }

    /** One turn. */
    public Mono<Void> evict() {
        return Mono.defer(() -> accounts.look(next.get(), bounds.looks(), bounds.idle()))
                .flatMap(page -> evict(page).doOnSuccess(done -> next.set(page.next())));
    }

    private Mono<Void> evict(Page page) {
        Set<Partition> touched = page.idle().stream().map(partitions::of).collect(Collectors.toSet());
        return touched.isEmpty()
                ? Mono.empty()
                : book.of(touched)
                        .flatMapMany(positions -> Flux.fromIterable(page.idle())
                                .flatMap(account -> evict(account, positions), bounds.concurrency()))
                        .then();
    }

    private Mono<Removal> evict(AccountId account, Map<Partition, BookedUpTo> positions) {
        BookedUpTo booked = positions.getOrDefault(partitions.of(account), BookedUpTo.NOTHING);
        return removal.evict(account, booked, bounds.idle()).doOnNext(result -> {
            switch (result) {
                case REMOVED -> evicted.increment();
                case BUSY -> refused.increment();
                case ABSENT -> {}
            }
        });
    }
}
