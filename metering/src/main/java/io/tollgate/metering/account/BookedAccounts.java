package io.tollgate.metering.account;

import java.time.Instant;
import reactor.core.publisher.Mono;

/** Accounts as the book of record has them. */
public interface BookedAccounts {

    /** An account's master data. */
    record Account(AccountId id, String name, AccountState state, Instant createdAt) {}

    /** Creates the account unless it exists; */
    Mono<CreateResult> create(AccountId id, String name);

    /** What became of a request to create an account. */
    enum CreateResult {
        CREATED,
        ALREADY_THERE
    }

    /** Empty if there is no such account. */
    Mono<Account> find(AccountId id);

    /** Every booked event, no holds; empty if there is no such account. */
    Mono<AccountSnapshot> snapshot(AccountId id);
}
