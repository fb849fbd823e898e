package io.tollgate.billing.reversal;

import io.tollgate.billing.payment.Payment;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountLoader;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.account.Lot;
import io.tollgate.metering.credit.Credits;
import java.util.Map;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** Looks at what accounts have left, in the live store: calls may use more of it at any moment. */
public final class LiveRemains {

    private final LiveAccounts live;
    private final AccountLoader loader;

    public LiveRemains(LiveAccounts live, AccountLoader loader) {
        this.live = live;
        this.loader = loader;
    }

    /** What is needed to take back credit of a payment: nothing where it was bought. */
    Mono<Remains> forTaking(Payment payment) {
        return switch (payment.kind()) {
            case TOP_UP, AUTO_TOP_UP -> Mono.just(Remains.NOT_ASKED);
            case PLAN, PLAN_CHANGE -> of(payment.account());
        };
    }

    public Mono<Remains> of(AccountId account) {
        return live.read(account)
                .switchIfEmpty(Mono.defer(() -> loader.load(account).then(live.read(account))))
                .map(LiveRemains::remains)
                .defaultIfEmpty(Remains.NOT_ASKED);
    }

    private static Remains remains(AccountSnapshot snapshot) {
        Map<Long, Credits> lots = snapshot.lots().stream().collect(Collectors.toMap(Lot::grant, Lot::remaining));
        return new Remains(lots, snapshot.balance().availableMicros());
    }
}
