package io.tollgate.metering.account.redis;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountLoader;
import io.tollgate.metering.account.AccountLoader.Loading;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.account.LotExpiry;
import reactor.core.publisher.Mono;

/** Reads the account, which lets expire what is due: the script that reads begins like all that decide. */
final class LoadingLotExpiry implements LotExpiry {

    private final LiveAccounts live;
    private final AccountLoader loader;

    LoadingLotExpiry(LiveAccounts live, AccountLoader loader) {
        this.live = live;
        this.loader = loader;
    }

    @Override
    public Mono<Loading> expire(AccountId account) {
        return live.read(account)
                .map(present -> Loading.IN_PLACE)
                .switchIfEmpty(Mono.defer(() -> loader.load(account)).flatMap(loading -> switch (loading) {
                    case IN_PLACE -> live.read(account).thenReturn(loading);
                    case NO_SUCH_ACCOUNT -> Mono.just(loading);
                }));
    }
}
