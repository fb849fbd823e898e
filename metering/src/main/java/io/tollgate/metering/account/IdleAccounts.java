package io.tollgate.metering.account;

import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/** Walks over the accounts in the live store. */
public interface IdleAccounts {

    /** Where a walk begins and, as what follows a page, where it has ended. */
    String START = "0";

    /**
     * A stretch of the walk.
     *
     * @param idle those that nobody has used for long enough; the same account may come twice
     * @param next where the next stretch begins
     */
    record Page(List<AccountId> idle, String next) {}

    /** Looks at about {@code count} of them from {@code from} on. */
    Mono<Page> look(String from, int count, Duration idle);
}
