package io.tollgate.billing.notice;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import java.util.Collection;
import reactor.core.publisher.Mono;

/** Which accounts' credit is booked below what they want to hear of; each is told of when it falls, and again only after it rose. */
public interface LowCredit {

    /** Looks at these accounts and answers how many have fallen. With {@code threshold} for accounts that have named none. */
    Mono<Long> look(Collection<AccountId> accounts, Credits threshold);

    /**
     * Looks at the accounts that come next in the walk over all of them, and answers how many these were: fewer than {@code limit} at
     * the end, zero also if another gateway is walking.
     */
    Mono<Integer> walk(int limit, Credits threshold);
}
