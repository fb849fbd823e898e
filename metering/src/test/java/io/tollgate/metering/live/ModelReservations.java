package io.tollgate.metering.live;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.live.ModelAccount.OpenHold;
import io.tollgate.metering.reservation.EndResult;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.Ending.Overage;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.reservation.HoldRequest;
import io.tollgate.metering.reservation.HoldResult;
import io.tollgate.metering.reservation.Reservations;
import io.tollgate.metering.usage.UsageEvent.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The model's holds. */
final class ModelReservations implements Reservations {

    /** Three quarters of the hour a tombstone lives. */
    private static final long JUDGED_FOR_MILLIS = Duration.ofMinutes(45).toMillis();

    private sealed interface Ended {
        record Settled(long charged, long uncollected) implements Ended {}

        record Returned() implements Ended {}
    }

    private record Key(AccountId account, HoldId id) {}

    private final Map<Key, Ended> ended = new HashMap<>();
    private final InMemoryLiveStore store;

    ModelReservations(InMemoryLiveStore store) {
        this.store = store;
    }

    void settled(AccountId account, HoldId hold, long charged, long uncollected) {
        ended.put(new Key(account, hold), new Ended.Settled(charged, uncollected));
    }

    void returned(AccountId account, HoldId hold) {
        ended.put(new Key(account, hold), new Ended.Returned());
    }

    boolean hasEnded(AccountId account, HoldId hold) {
        return ended.containsKey(new Key(account, hold));
    }

    boolean isUnknownAndYoung(AccountId account, HoldId hold) {
        return !hasEnded(account, hold) && store.now() - hold.bornAtMillis() < JUDGED_FOR_MILLIS;
    }

    void forget(AccountId account, HoldId hold) {
        ended.remove(new Key(account, hold));
    }

    void forget(AccountId account) {
        ended.keySet().removeIf(key -> key.account().equals(account));
    }

    @Override
    public Mono<HoldResult> hold(HoldRequest request) {
        return Mono.fromSupplier(() -> {
            synchronized (store) {
                ModelAccount account = store.present(request.account());
                return account == null ? new HoldResult.NoSuchAccount(request.account()) : held(account, request);
            }
        });
    }

    private HoldResult held(ModelAccount account, HoldRequest request) {
        if (ended.containsKey(new Key(account.id, request.id()))) {
            return new HoldResult.Ended();
        }
        OpenHold before = account.holds.get(request.id());
        long open = before == null ? 0 : before.total();
        long total = Math.max(open, request.total().micros());
        if (account.state != AccountState.ACTIVE && (before == null || total > open)) {
            return new HoldResult.NotActive(account.state);
        }
        if (total > open && total - open > account.balance().availableMicros()) {
            return new HoldResult.Refused(account.balance());
        }
        if (before == null && account.holds.size() >= LiveStore.MAX_OPEN_HOLDS) {
            return new HoldResult.TooManyHolds(LiveStore.MAX_OPEN_HOLDS);
        }
        long generation = before == null ? account.generation : before.generation();
        account.holds.put(
                request.id(), new OpenHold(total, store.now() + request.ttl().toMillis(), generation));
        return new HoldResult.Held(Credits.ofMicros(total), account.balance());
    }

    @Override
    public Mono<EndResult> end(AccountId id, HoldId hold, Ending ending) {
        return Mono.fromSupplier(() -> {
            synchronized (store) {
                ModelAccount account = store.present(id);
                return account == null ? new EndResult.NoSuchAccount(id) : ended(account, hold, ending);
            }
        });
    }

    private EndResult ended(ModelAccount account, HoldId id, Ending ending) {
        OpenHold open = account.holds.get(id);
        if (open != null) {
            return ending instanceof Ending.Expire && open.deadline() > store.now()
                    ? new EndResult.NotDue()
                    : close(account, id, ending, open);
        }
        return switch (ended.get(new Key(account.id, id))) {
            case Ended.Settled settled -> settled(account, settled);
            case Ended.Returned _ when ending instanceof Ending.Settle -> close(account, id, ending, null);
            case Ended.Returned _ -> new EndResult.Returned(account.balance());
            case null -> {
                if (!(ending instanceof Ending.Settle)) {
                    yield new EndResult.NoSuchHold();
                }
                yield store.now() - id.bornAtMillis() >= JUDGED_FOR_MILLIS
                        ? new EndResult.TooLate()
                        : close(account, id, ending, null);
            }
        };
    }

    /** @param open null where the hold is no longer there, or has been returned */
    private EndResult close(ModelAccount account, HoldId id, Ending ending, @Nullable OpenHold open) {
        long free = Math.max(0, account.balance().availableMicros());
        long total = open == null ? 0 : open.total();
        ModelEffect effect = ModelEffect.NOTHING;
        if (ending instanceof Ending.Settle settle) {
            long actual = settle.actual().micros();
            long wanted = settle.overage() == Overage.CUT ? Math.min(actual, total + free) : actual;
            effect = (open == null ? account.charge(wanted) : account.charge(wanted, open.generation()))
                    .uncollectedToo(actual - wanted);
        }
        account.holds.remove(id);
        effect = account.letGo(effect);
        Ended outcome = ending instanceof Ending.Settle
                ? new Ended.Settled(effect.charged(), effect.uncollected())
                : new Ended.Returned();
        ended.put(new Key(account.id, id), outcome);
        switch (ending) {
            case Ending.Settle settle ->
                store.append(
                        Kind.SETTLED,
                        id.toString(),
                        account,
                        total,
                        effect,
                        0,
                        settle.detail().encode());
            case Ending.Release release ->
                store.append(
                        Kind.RELEASED,
                        id.toString(),
                        account,
                        total,
                        effect,
                        0,
                        release.detail().encode());
            case Ending.Expire _ -> store.append(Kind.EXPIRED, id.toString(), account, total, effect, 0, "");
        }
        return outcome instanceof Ended.Settled settled
                ? settled(account, settled)
                : new EndResult.Returned(account.balance());
    }

    private static EndResult settled(ModelAccount account, Ended.Settled settled) {
        return new EndResult.Settled(
                Credits.ofMicros(settled.charged()), Credits.ofMicros(settled.uncollected()), account.balance());
    }
}
