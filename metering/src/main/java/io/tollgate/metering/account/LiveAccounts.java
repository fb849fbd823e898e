package io.tollgate.metering.account;

import reactor.core.publisher.Mono;

/** Accounts as the live store has them. Every operation may be sent twice. */
public interface LiveAccounts {

    /** What became of a request to put an account in place. */
    enum Seeding {
        /** It is there, by this request or before it. */
        IN_PLACE,
        /** The account was here lately and has done what the snapshot does not know: read the book again once that is booked. */
        BEHIND
    }

    /**
     * The present position, after lots whose time has come have expired; empty if the account is absent and has to be seeded.
     */
    Mono<AccountSnapshot> read(AccountId id);

    /**
     * Puts an absent account in place; does nothing where one of this epoch is present. Signals {@link
     * io.tollgate.metering.store.StoreUnavailableException} and writes nothing once the partition has left {@code epoch}: what the
     * account did in that epoch may be missing in {@code booked}.
     *
     * @param epoch the one that was open when all older ones were booked and {@code booked} was read
     */
    Mono<Seeding> seed(AccountSnapshot booked, long epoch);
}
