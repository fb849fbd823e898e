package io.tollgate.metering.recovery;

import io.tollgate.metering.store.StoreUnavailableException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Lets those who want the same thing at the same time share one attempt at it. A subscriber that cancels leaves the attempt to
 * the others.
 */
final class SingleFlight<K, V> {

    private final ConcurrentMap<K, Mono<V>> flights = new ConcurrentHashMap<>();
    private final int atMost;

    /** At most so many different things at a time; what comes beyond is told that the store is unavailable. */
    SingleFlight(int atMost) {
        this.atMost = atMost;
    }

    int size() {
        return flights.size();
    }

    Mono<V> join(K key, Supplier<Mono<V>> work) {
        return Mono.defer(() -> {
            if (flights.size() >= atMost && !flights.containsKey(key)) {
                return Mono.error(new StoreUnavailableException("more than " + atMost + " loads at a time"));
            }
            return flights.computeIfAbsent(
                    key,
                    // Forgotten before anyone hears of the end: who comes back then is to start anew.
                    k -> Mono.defer(work).doOnTerminate(() -> flights.remove(k)).cache());
        });
    }
}
