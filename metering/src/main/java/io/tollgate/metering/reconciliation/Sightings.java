package io.tollgate.metering.reconciliation;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.store.StoreUnavailableException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a number of accounts look like in the live store. */
final class Sightings {

    private final Map<AccountId, LiveFigures> seen = new ConcurrentHashMap<>();
    private final Set<AccountId> unreadable = ConcurrentHashMap.newKeySet();

    /** One partition in recovery keeps nobody from the others; a live store that is away is a failure. */
    static Mono<Sightings> of(Collection<AccountId> accounts, LiveView live, int atOnce) {
        return Mono.defer(() -> {
            Sightings sightings = new Sightings();
            return Flux.fromIterable(accounts)
                    .flatMap(account -> sightings.look(account, live), atOnce)
                    .then(Mono.defer(() -> sightings.unlessNothingCouldBeRead(accounts)));
        });
    }

    /** Null if it is not there. */
    @Nullable
    LiveFigures of(AccountId account) {
        return seen.get(account);
    }

    boolean couldRead(AccountId account) {
        return !unreadable.contains(account);
    }

    Collection<AccountId> accounts() {
        return seen.keySet();
    }

    private Mono<Void> look(AccountId account, LiveView live) {
        return live.of(account)
                .doOnNext(figures -> seen.put(account, figures))
                .then()
                .onErrorResume(StoreUnavailableException.class, away -> {
                    unreadable.add(account);
                    return Mono.empty();
                });
    }

    private Mono<Sightings> unlessNothingCouldBeRead(Collection<AccountId> accounts) {
        return !accounts.isEmpty() && unreadable.size() == accounts.size()
                ? Mono.error(new StoreUnavailableException("none of the accounts could be read in the live store"))
                : Mono.just(this);
    }
}
