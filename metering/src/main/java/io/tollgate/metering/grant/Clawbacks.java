package io.tollgate.metering.grant;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.credit.Credits;
import reactor.core.publisher.Mono;

/** Taking back, once per cause, what was granted: a payment was returned or is disputed. */
public interface Clawbacks {

    /**
     * Records the clawback and issues its command, in the caller's SQL transaction, or in one of its own if there is none. Push the
     * command after the commit. It takes from the grant's own lot first, then, if the grant was paid for, from other paid lots, newest
     * first; the rest becomes debt.
     *
     * @param causeId what it is for: a refund, a dispute, an operator's idempotency key
     */
    Mono<ClawbackResult> take(AccountId account, String causeId, long grant, Credits amount);

    /** What became of a clawback. */
    sealed interface ClawbackResult {
        /** Taken now: {@code command} is to be pushed. */
        record Taken(long clawback, IssuedCommand command) implements ClawbackResult {}

        /** The same cause had it taken before; nothing was done. */
        record TakenBefore(long clawback) implements ClawbackResult {}

        /** The same cause had something else taken before: {@code field} was {@code before} then. Nothing was done. */
        record Conflict(String field, String before) implements ClawbackResult {}

        /** {@code field} cannot be that; nothing was done. */
        record Invalid(String field, String allowed) implements ClawbackResult {}

        /** More than was granted and has not been taken back yet; nothing was done. */
        record BeyondGrant(Credits allowed) implements ClawbackResult {}

        /** The account was given no such grant. */
        record NoSuchGrant(long grant) implements ClawbackResult {}

        record NoSuchAccount(AccountId account) implements ClawbackResult {}
    }
}
