package io.tollgate.gateway.admission;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.account.Balance;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.reservation.EndResult;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.Ending.Overage;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.reservation.HoldRequest;
import io.tollgate.metering.reservation.HoldResult;
import io.tollgate.metering.reservation.Reservations;
import io.tollgate.metering.store.StoreUnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The live store's rules for one account, as the contract of reservations says them. What is asked may be kept on its way, and answered in another order; the
 * store may be away, and may lose what it holds.
 */
final class OneAccount implements Reservations {

    final AccountId id = new AccountId("acme");
    final List<HoldRequest> asked = new ArrayList<>();
    private final Map<HoldId, Long> holds = new HashMap<>();
    private final Map<HoldId, EndResult> ended = new HashMap<>();
    private final Queue<Runnable> onTheirWay = new ArrayDeque<>();
    private AccountState state = AccountState.ACTIVE;
    private long posted;
    private boolean away;
    private boolean slow;

    OneAccount(long micros) {
        posted = micros;
    }

    void add(long micros) {
        posted += micros;
    }

    void freeze() {
        state = AccountState.FROZEN;
    }

    void goAway() {
        away = true;
    }

    void comeBack() {
        away = false;
    }

    void lose(HoldId hold) {
        holds.remove(hold);
    }

    void expire(HoldId hold) {
        holds.remove(hold);
        ended.put(hold, new EndResult.Returned(balance()));
    }

    /** From now on what is asked stays on its way until it is let {@link #arrive}. */
    void keepOnTheirWay() {
        slow = true;
    }

    int onTheirWay() {
        return onTheirWay.size();
    }

    /** Lets the request arrive that was sent first. */
    void arrive() {
        onTheirWay.remove().run();
    }

    /** The request that was sent first, to arrive when it is run. */
    Runnable takeFirst() {
        return onTheirWay.remove();
    }

    Balance balance() {
        return new Balance(posted, held());
    }

    long held() {
        return holds.values().stream().mapToLong(Long::longValue).sum();
    }

    long heldBy(HoldId hold) {
        return holds.getOrDefault(hold, 0L);
    }

    @Override
    public Mono<HoldResult> hold(HoldRequest request) {
        return Mono.defer(() -> {
            asked.add(request);
            return sent(() -> held(request));
        });
    }

    @Override
    public Mono<EndResult> end(AccountId account, HoldId hold, Ending ending) {
        return Mono.defer(() -> sent(() -> ended(hold, ending)));
    }

    /** Past whatever is on its way. */
    void atOnce(HoldRequest request) {
        held(request);
    }

    private <T> Mono<T> sent(Supplier<T> operation) {
        if (away) {
            return Mono.error(new StoreUnavailableException("away"));
        }
        if (!slow) {
            return Mono.just(operation.get());
        }
        Sinks.One<T> answer = Sinks.one();
        onTheirWay.add(() -> answer.tryEmitValue(operation.get()).orThrow());
        return answer.asMono();
    }

    private HoldResult held(HoldRequest request) {
        if (ended.containsKey(request.id())) {
            return new HoldResult.Ended();
        }
        long before = heldBy(request.id());
        long total = Math.max(before, request.total().micros());
        if (state != AccountState.ACTIVE && (total > before || !holds.containsKey(request.id()))) {
            return new HoldResult.NotActive(state);
        }
        if (total > before && total - before > posted - held()) {
            return new HoldResult.Refused(balance());
        }
        holds.put(request.id(), total);
        return new HoldResult.Held(Credits.ofMicros(total), balance());
    }

    private EndResult ended(HoldId hold, Ending ending) {
        return ended.compute(hold, (id, before) -> switch (before) {
            case EndResult.Settled settled -> settled;
            case null, default -> end(hold, ending);
        });
    }

    private EndResult end(HoldId hold, Ending ending) {
        long total = heldBy(hold);
        long free = Math.max(0, posted - held());
        holds.remove(hold);
        if (!(ending instanceof Ending.Settle settle)) {
            return new EndResult.Returned(balance());
        }
        long actual = settle.actual().micros();
        long charged = settle.overage() == Overage.CUT ? Math.min(actual, total + free) : actual;
        posted -= charged;
        return new EndResult.Settled(Credits.ofMicros(charged), Credits.ofMicros(actual - charged), balance());
    }
}
