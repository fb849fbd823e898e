package io.tollgate.metering.reservation;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.live.Await;
import io.tollgate.metering.live.LiveStore;
import io.tollgate.metering.reservation.RandomCalls.Call;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Makes up when accounts leave the live store, and loaders that have read the book long ago. */
final class RandomRemovals {

    private final Random random;

    /** What slow loaders have read, per store. */
    private final Map<LiveStore, Map<AccountId, AccountSnapshot>> readLongAgo = new HashMap<>();

    RandomRemovals(Random random) {
        this.random = random;
    }

    Call next(AccountId account) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> new Call(account, "evict", store -> evict(store, account));
            case 2 -> new Call(account, "drop", store -> drop(store, account));
            case 3 -> new Call(account, "read the book", store -> remember(store, account));
            default -> new Call(account, "late seed", store -> seedLate(store, account));
        };
    }

    /** As the book would have it once all is booked; not while holds keep expired lots, which the book still has as lots. */
    private static Optional<AccountSnapshot> booked(LiveStore store, AccountId account) {
        return store.accounts()
                .read(account)
                .blockOptional()
                .filter(present -> present.kept().isEmpty())
                .map(present -> present.at(store.standing(account)));
    }

    private static Object evict(LiveStore store, AccountId account) {
        return booked(store, account)
                .<Object>map(snapshot -> {
                    store.book(snapshot);
                    return Await.value(store.removal().evict(account, snapshot.booked(), Duration.ZERO));
                })
                .orElse("nothing to evict");
    }

    private static Object drop(LiveStore store, AccountId account) {
        return booked(store, account)
                .<Object>map(snapshot -> {
                    store.book(snapshot);
                    return Await.value(store.removal().drop(account, snapshot.booked()));
                })
                .orElse("nothing to drop");
    }

    private Object remember(LiveStore store, AccountId account) {
        Optional<AccountSnapshot> snapshot = booked(store, account);
        snapshot.ifPresent(
                read -> readLongAgo.computeIfAbsent(store, x -> new HashMap<>()).put(account, read));
        return snapshot.isPresent();
    }

    private Object seedLate(LiveStore store, AccountId account) {
        return Optional.ofNullable(readLongAgo.getOrDefault(store, Map.of()).get(account))
                .<Object>map(store::seed)
                .orElse("nothing to seed");
    }
}
