package io.tollgate.metering.account;

import reactor.core.publisher.Mono;

/** Accounts as the live store has them. Every operation may be sent twice. */
public interface LiveAccounts {

    /** The present position; empty if the account is absent and has to be seeded. */
    Mono<AccountSnapshot> read(AccountId id);

    /** Puts an absent account in place; does nothing where one of this epoch is present. */
    Mono<Void> seed(AccountSnapshot booked);
}
