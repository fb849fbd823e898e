package io.tollgate.gateway.authentication;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tollgate.gateway.authentication.AuthenticationResult.Authenticated;
import io.tollgate.metering.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Keys this gateway has seen. Each is read once; what has been revoked or has changed its groups since is read for all of them together, at most once a
 * second and only while calls come in, so a revoked key stops within a second at the price of two queries a second. One call asks in good time and waits; the others go on meanwhile. While Postgres is
 * unreachable, known keys stay good up to a hard limit.
 */
final class KeyCache {

    /** A revocation may become visible that long after the time it carries. */
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    /** What is known of a hash; ready-made, so that a hit allocates nothing. */
    sealed interface Lookup {
        record Found(ApiKey key, Authenticated authenticated) implements Lookup {}

        record Unknown() implements Lookup {}
    }

    private final ApiKeys keys;
    private final AuthenticationProperties bounds;
    private final Clock clock;
    private final Cache<KeyHash, Mono<Lookup>> known;
    private final Cache<KeyHash, Mono<Lookup>> unknown;
    private final ConcurrentMap<KeyHash, Mono<Lookup>> loading = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Mono<Void>> syncing = new AtomicReference<>();
    private volatile Instant syncedAt;
    private volatile Instant triedAt;

    KeyCache(ApiKeys keys, AuthenticationProperties bounds, Clock clock) {
        this.keys = keys;
        this.bounds = bounds;
        this.clock = clock;
        known = Caffeine.newBuilder()
                .maximumSize(bounds.cacheSize())
                .expireAfterWrite(bounds.reloadAfter())
                .build();
        unknown = Caffeine.newBuilder()
                .maximumSize(bounds.unknownSize())
                .expireAfterWrite(bounds.unknownFor())
                .build();
        syncedAt = clock.instant();
        triedAt = syncedAt;
    }

    Mono<Lookup> find(KeyHash hash) {
        Mono<Lookup> hit = known.getIfPresent(hash);
        if (hit == null) {
            return load(hash);
        }
        Instant now = clock.instant();
        Duration age = Duration.between(triedAt, now);
        if (age.compareTo(bounds.revocationsAfter().dividedBy(2)) < 0
                || (syncing.get() != null && age.compareTo(bounds.revocationsAfter()) < 0)) {
            return hit;
        }
        return sync(now).then(Mono.defer(() -> {
            Mono<Lookup> still = known.getIfPresent(hash);
            return still == null ? load(hash) : still;
        }));
    }

    /** How many keys are being looked up. */
    int underWay() {
        return loading.size();
    }

    private Mono<Lookup> load(KeyHash hash) {
        Mono<Lookup> miss = unknown.getIfPresent(hash);
        if (miss != null) {
            return miss;
        }
        if (loading.size() >= bounds.loadsMax()) {
            return Mono.error(new StoreUnavailableException("too many API keys are being looked up"));
        }
        return loading.computeIfAbsent(hash, this::singleLoad);
    }

    private Mono<Lookup> singleLoad(KeyHash hash) {
        return bounded(keys.find(hash))
                .<Lookup>map(key -> new Lookup.Found(key, new Authenticated(key)))
                .defaultIfEmpty(new Lookup.Unknown())
                .doOnNext(lookup -> remember(hash, lookup))
                .doFinally(_ -> loading.remove(hash))
                .cache();
    }

    private void remember(KeyHash hash, Lookup lookup) {
        switch (lookup) {
            case Lookup.Found _ -> known.put(hash, Mono.just(lookup));
            case Lookup.Unknown _ -> unknown.put(hash, Mono.just(lookup));
        }
    }

    /** Forgets what was revoked; one query at a time, whoever asks. */
    private Mono<Void> sync(Instant now) {
        Mono<Void> running = syncing.get();
        if (running != null) {
            return running;
        }
        Mono<Void> mine = bounded(keys.changedSince(syncedAt.minus(OVERLAP))
                        .doOnNext(known::invalidate)
                        .then())
                .doOnSuccess(_ -> syncedAt = now)
                .onErrorResume(StoreUnavailableException.class, failure -> stale(now, failure))
                .doFinally(_ -> {
                    triedAt = now;
                    syncing.set(null);
                })
                .cache();
        return syncing.compareAndSet(null, mine) ? mine : sync(now);
    }

    private Mono<Void> stale(Instant now, StoreUnavailableException failure) {
        return now.isBefore(syncedAt.plus(bounds.staleMax())) ? Mono.empty() : Mono.error(failure);
    }

    private <T> Mono<T> bounded(Mono<T> query) {
        return query.timeout(bounds.loadTimeout())
                .onErrorMap(
                        TimeoutException.class,
                        timeout -> new StoreUnavailableException("the API keys could not be read in time", timeout));
    }
}
