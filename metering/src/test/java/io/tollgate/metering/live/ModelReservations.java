package io.tollgate.metering.live;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.live.ModelAccount.Effect;
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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The model's holds. */
final class ModelReservations implements Reservations {

    /** Three quarters of the hour a tombstone lives. */
    private static final long JUDGED_FOR_MILLIS = Duration.ofMinutes(45).toMillis();

    private sealed interface Hold {
        record Open(long total, long deadline) implements Hold {}

        record Settled(long charged, long uncollected) implements Hold {}

        record Returned() implements Hold {}
    }

    private record Key(AccountId account, HoldId id) {}

    private final Map<Key, Hold> holds = new HashMap<>();
    private final InMemoryLiveStore store;

    ModelReservations(InMemoryLiveStore store) {
        this.store = store;
    }

    @Override
    public Mono<HoldResult> hold(HoldRequest request) {
        return Mono.fromSupplier(() -> {
            synchronized (store) {
                ModelAccount account = store.present(request.account());
                return account == null
                        ? new HoldResult.NoSuchAccount(request.account())
                        : held(account, request, holds.get(new Key(request.account(), request.id())));
            }
        });
    }

    private HoldResult held(ModelAccount account, HoldRequest request, @Nullable Hold before) {
        if (before != null && !(before instanceof Hold.Open)) {
            return new HoldResult.Ended();
        }
        long open = before instanceof Hold.Open hold ? hold.total() : 0;
        long total = Math.max(open, request.total().micros());
        if (account.state != AccountState.ACTIVE && (before == null || total > open)) {
            return new HoldResult.NotActive(account.state);
        }
        if (total > open && total - open > account.balance().availableMicros()) {
            return new HoldResult.Refused(account.balance());
        }
        account.held += total - open;
        holds.put(
                new Key(request.account(), request.id()),
                new Hold.Open(total, store.now() + request.ttl().toMillis()));
        return new HoldResult.Held(Credits.ofMicros(total), account.balance());
    }

    @Override
    public Mono<EndResult> end(AccountId id, HoldId hold, Ending ending) {
        return Mono.fromSupplier(() -> {
            synchronized (store) {
                ModelAccount account = store.present(id);
                return account == null
                        ? new EndResult.NoSuchAccount(id)
                        : ended(account, new Key(id, hold), ending, holds.get(new Key(id, hold)));
            }
        });
    }

    private EndResult ended(ModelAccount account, Key key, Ending ending, @Nullable Hold before) {
        return switch (before) {
            case Hold.Settled settled -> settled(account, settled);
            case Hold.Open open
            when ending instanceof Ending.Expire && open.deadline() > store.now() -> new EndResult.NotDue();
            case Hold.Open open -> close(account, key, ending, open.total());
            case Hold.Returned _ when ending instanceof Ending.Settle -> close(account, key, ending, 0);
            case Hold.Returned _ -> new EndResult.Returned(account.balance());
            case null -> {
                if (!(ending instanceof Ending.Settle)) {
                    yield new EndResult.NoSuchHold();
                }
                yield store.now() - key.id().bornAtMillis() >= JUDGED_FOR_MILLIS
                        ? new EndResult.TooLate()
                        : close(account, key, ending, 0);
            }
        };
    }

    private EndResult close(ModelAccount account, Key key, Ending ending, long total) {
        long free = Math.max(0, account.balance().availableMicros());
        account.held -= total;
        Effect nothing = new Effect(0, 0, 0, List.of());
        String id = key.id().toString();
        switch (ending) {
            case Ending.Settle settle -> {
                long actual = settle.actual().micros();
                long wanted = settle.overage() == Overage.CUT ? Math.min(actual, total + free) : actual;
                Effect charge = account.charge(wanted);
                Effect effect = new Effect(
                        charge.charged(), charge.uncollected() + actual - wanted, charge.debtChange(), charge.shares());
                store.append(Kind.SETTLED, id, account, total, effect, 0, settle.detail());
                Hold.Settled settled = new Hold.Settled(effect.charged(), effect.uncollected());
                holds.put(key, settled);
                return settled(account, settled);
            }
            case Ending.Release release ->
                store.append(Kind.RELEASED, id, account, total, nothing, 0, release.detail());
            case Ending.Expire _ -> store.append(Kind.EXPIRED, id, account, total, nothing, 0, "");
        }
        holds.put(key, new Hold.Returned());
        return new EndResult.Returned(account.balance());
    }

    private static EndResult settled(ModelAccount account, Hold.Settled settled) {
        return new EndResult.Settled(
                Credits.ofMicros(settled.charged()), Credits.ofMicros(settled.uncollected()), account.balance());
    }
}
