package io.tollgate.metering.reconciliation;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.usage.PartitionFlusher;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Compares accounts in both stores while they work on. The two never stand at the same point of an account's history for sure,
 * so each look takes the live figures, then the book's with the position it has come to, then the live ones again: if nothing
 * happened in between and the book has the account's last event, the figures are of one point. Else it looks again, a bounded
 * number of times; an account that never stands still is counted as moving. Drift counts once it was seen twice.
 */
public final class Reconciler {

    /**
     * How hard to try.
     *
     * @param attempts looks at an account, from 2: drift is seen twice
     * @param pause between two looks
     * @param readsAtOnce accounts read side by side
     */
    public record Bounds(int attempts, Duration pause, int readsAtOnce) {
        public Bounds {
            if (attempts < 2 || readsAtOnce < 1) {
                throw new IllegalArgumentException("attempts start at 2 and reads at once at 1");
            }
        }
    }

    private static final int FLUSHES_AT_ONCE = 4;

    private final LiveView live;
    private final BookView book;
    private final PartitionFlusher flusher;
    private final Partitions partitions;
    private final Bounds bounds;

    public Reconciler(LiveView live, BookView book, PartitionFlusher flusher, Partitions partitions, Bounds bounds) {
        this.live = live;
        this.book = book;
        this.flusher = flusher;
        this.partitions = partitions;
        this.bounds = bounds;
    }

    /** Changes nothing but that events waiting to be booked are. */
    public Mono<Findings> look(Collection<AccountId> accounts, Depth depth) {
        return Mono.defer(() -> round(List.copyOf(accounts), Set.of(), depth, bounds.attempts()));
    }

    private Mono<Findings> round(
            List<AccountId> accounts, Set<Round.Suspicion> suspected, Depth depth, int attemptsLeft) {
        return looks(accounts, depth)
                .map(looks -> Round.of(looks, suspected))
                .flatMap(round -> attemptsLeft == 1 || round.open().isEmpty()
                        ? Mono.just(round.closed())
                        : again(round, depth, attemptsLeft - 1));
    }

    private Mono<Findings> again(Round round, Depth depth, int attemptsLeft) {
        return Mono.delay(bounds.pause())
                .then(book(round.behind()))
                .then(round(round.open(), round.suspicions(), depth, attemptsLeft))
                .map(round.settled()::plus);
    }

    private Mono<Void> book(List<AccountId> behind) {
        return Flux.fromStream(() -> behind.stream().map(partitions::of).distinct())
                .flatMap(flusher::flush, FLUSHES_AT_ONCE)
                .then();
    }

    private Mono<List<Look>> looks(List<AccountId> accounts, Depth depth) {
        return Sightings.of(accounts, live, bounds.readsAtOnce())
                .flatMap(before -> book.of(accounts)
                        .collectList()
                        .flatMap(booked -> Sightings.of(before.accounts(), live, bounds.readsAtOnce())
                                .map(after -> looks(before, booked, after))))
                .flatMapMany(Flux::fromIterable)
                .flatMap(look -> deepened(look, depth), bounds.readsAtOnce())
                .collectList();
    }

    private static List<Look> looks(Sightings before, List<BookedFigures> booked, Sightings after) {
        return booked.stream()
                .map(figures -> {
                    AccountId account = figures.account();
                    return before.couldRead(account) && after.couldRead(account)
                            ? Look.at(figures, before.of(account), after.of(account))
                            : Look.unreadable(account);
                })
                .toList();
    }

    private Mono<Look> deepened(Look look, Depth depth) {
        return depth == Depth.EVENTS && look.verdict() == Look.Verdict.COMPARED
                ? book.sums(look.account()).map(Comparison::of).map(look::with).defaultIfEmpty(look)
                : Mono.just(look);
    }
}
