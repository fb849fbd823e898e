package io.tollgate.metering.account;

import reactor.core.publisher.Mono;

/** Accounts as the live store has them. Every operation may be sent twice. */
public interface LiveAccounts {

    /** The present position; empty if the account is absent and has to be seeded. */
    Mono<AccountSnapshot> read(AccountId id);

    /**
     * Puts an absent account in place; does nothing where one of this epoch is present. Signals {@link
     * io.tollgate.metering.store.StoreUnavailableException} and writes nothing once the partition has left {@code epoch}: what the
     * account did in that epoch may be missing in {@code booked}.
     *
     * @param epoch the one that was open when all older ones were booked and {@code booked} was read
     */
    Mono<Void> seed(AccountSnapshot booked, long epoch);
}
