package io.tollgate.metering.reservation;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.Balance;
import io.tollgate.metering.credit.Credits;

/** What became of a request to end a hold. Sending it again answers the same, with the balance as it is by then. */
public sealed interface EndResult {
    /** Charged once, now or when it was sent before; what the account could not pay is {@code uncollected}. */
    record Settled(Credits charged, Credits uncollected, Balance after) implements EndResult {}

    /** Returned in full, by a release or by its expiry. */
    record Returned(Balance after) implements EndResult {}

    /** Only for {@link Ending.Expire}: the hold was raised meanwhile, or time is not up. */
    record NotDue() implements EndResult {}

    /** Release or expiry of a hold that is not there: nothing to do. */
    record NoSuchHold() implements EndResult {}

    /** A settle older than the live store can judge: to be issued as {@link io.tollgate.metering.command.Command.LateCharge}. */
    record TooLate() implements EndResult {}

    /** There is no such account. */
    record NoSuchAccount(AccountId account) implements EndResult {}
}
