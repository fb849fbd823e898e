package io.tollgate.metering.reservation;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.account.Balance;
import io.tollgate.metering.credit.Credits;

/** What became of a request to hold credit. An unreachable store is an error signal, not a result. */
public sealed interface HoldResult {
    /** The credit is held; the caller must now end the hold. */
    record Held(Credits total, Balance after) implements HoldResult {}

    /** Nothing changed: the account cannot afford it, now or at all, which {@code balance} tells. */
    record Refused(Balance balance) implements HoldResult {}

    /** Nothing changed: the account may not hold credit. */
    record NotActive(AccountState state) implements HoldResult {}

    /** Nothing changed: the hold of this id has ended already. */
    record Ended() implements HoldResult {}

    /** Nothing changed: the account has as many open holds as one may have. */
    record TooManyHolds(long limit) implements HoldResult {}

    /** There is no such account. */
    record NoSuchAccount(AccountId account) implements HoldResult {}
}
