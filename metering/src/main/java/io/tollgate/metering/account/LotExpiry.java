package io.tollgate.metering.account;

import reactor.core.publisher.Mono;

/** Lets the lots of accounts expire that nobody uses; those in use expire by themselves. */
public interface LotExpiry {

    /**
     * Loads the account if need be and lets those of its lots expire whose time has come by the live store's clock. May be sent
     * any number of times.
     */
    Mono<AccountLoader.Loading> expire(AccountId account);
}
