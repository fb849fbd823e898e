package io.tollgate.gateway.balance;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountLoader;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.LiveAccounts;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Present positions: the live store's, loaded from the book where it does not have the account. */
@Component
public final class Positions {

    private final LiveAccounts live;
    private final AccountLoader loader;

    public Positions(LiveAccounts live, AccountLoader loader) {
        this.live = live;
        this.loader = loader;
    }

    /** Empty if there is no such account. */
    public Mono<AccountSnapshot> of(AccountId account) {
        return live.read(account)
                .switchIfEmpty(Mono.defer(() -> loader.load(account).then(live.read(account))));
    }
}
