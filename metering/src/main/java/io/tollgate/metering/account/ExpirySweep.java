package io.tollgate.metering.account;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.metering.account.DueLots.DueLot;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets lots expire of accounts that nobody uses, some at a time, in the order of their expiry and then from the start again: what
 * stays on the list for long, because open holds keep it or because it cannot be loaded, keeps none of the others.
 */
public final class ExpirySweep {

    private final DueLots due;
    private final LotExpiry expiry;
    private final int lotsAtOnce;
    private final int concurrency;
    private final Counter swept;
    private final Counter failures;
    private final AtomicReference<DueLot> last = new AtomicReference<>(DueLots.FIRST);

    /**
     * Looks at so many lots a turn.
     *
     * @param concurrency accounts side by side
     */
    public ExpirySweep(DueLots due, LotExpiry expiry, int lotsAtOnce, int concurrency, MeterRegistry meters) {
        this.due = due;
        this.expiry = expiry;
        this.lotsAtOnce = lotsAtOnce;
        this.concurrency = concurrency;
        this.swept = Counter.builder("tollgate.lots.sweep.accounts")
                .description("Accounts asked to let lots expire whose time was over")
                .register(meters);
        this.failures = Counter.builder("tollgate.lots.sweep.failures")
                .description("Accounts that could not be asked")
                .register(meters);
    }

    /** One turn. */
    public Mono<Void> sweep() {
        return Mono.defer(() -> due.behind(last.get(), lotsAtOnce))
                .flatMap(lots -> expire(lots)
                        .doFinally(signal -> last.set(lots.size() < lotsAtOnce ? DueLots.FIRST : lots.getLast())));
    }

    private Mono<Void> expire(List<DueLot> lots) {
        return Flux.fromIterable(lots)
                .map(DueLot::account)
                .distinct()
                .flatMapDelayError(this::expire, concurrency, concurrency)
                .then();
    }

    private Mono<AccountLoader.Loading> expire(AccountId account) {
        return expiry.expire(account)
                .doOnSubscribe(asked -> swept.increment())
                .doOnError(failure -> failures.increment());
    }
}
