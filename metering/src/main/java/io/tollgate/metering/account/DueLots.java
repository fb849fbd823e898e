package io.tollgate.metering.account;

import java.util.List;
import reactor.core.publisher.Mono;

/** Lots of the book of record whose time is over although something is left of them. */
public interface DueLots {

    /** One of them; ordered by expiry, then grant. */
    record DueLot(AccountId account, long expiresAtMillis, long grant) {}

    /** Before the first. */
    DueLot FIRST = new DueLot(new AccountId("none"), 0, 0);

    /** Those behind {@code after}, at most {@code limit}. An account in quarantine waits for its operator. */
    Mono<List<DueLot>> behind(DueLot after, int limit);
}
