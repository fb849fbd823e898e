package io.tollgate.metering.account;

import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Takes accounts out of the live store; the next use seeds them again. What is left in an account's place for a while refuses a
 * seed that was read from the book before the removal.
 */
public interface AccountRemoval {

    /** What became of a request to remove an account. */
    enum Removal {
        REMOVED,
        /** It stays: it is in use, or has done what is not booked yet. */
        BUSY,
        ABSENT
    }

    /**
     * Removes an account that holds nothing, has nothing left to book and was not used for {@code idle}.
     *
     * @param booked how far the account's partition is booked
     */
    Mono<Removal> evict(AccountId account, BookedUpTo booked, Duration idle);

    /** Removes an account that has nothing left to book, so that it is seeded from the book; its holds stay. */
    Mono<Removal> drop(AccountId account, BookedUpTo booked);
}
