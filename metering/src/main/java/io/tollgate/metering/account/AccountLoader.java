package io.tollgate.metering.account;

import reactor.core.publisher.Mono;

/** Puts accounts in place that the live store does not have. */
public interface AccountLoader {

    /** What became of a request to load an account. */
    enum Loading {
        IN_PLACE,
        NO_SUCH_ACCOUNT
    }

    /**
     * Seeds the account from the book, once all that is to be booked of it is, and applies the commands that wait for it. Whoever
     * asks for the same account meanwhile shares the work; how many are loaded at a time is bounded.
     */
    Mono<Loading> load(AccountId account);
}
