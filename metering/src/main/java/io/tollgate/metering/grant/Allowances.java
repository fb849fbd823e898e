package io.tollgate.metering.grant;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.credit.Credits;
import reactor.core.publisher.Mono;

/** Allowances in the book of record. */
public interface Allowances {

    /**
     * Records the allowance as a grant and issues the one command that puts it in the place of the earlier ones, in the caller's SQL
     * transaction, or in one of its own if there is none. Push the command after the commit. Credit that was bought or given
     * otherwise is never touched.
     *
     * <p>Allowances replace each other in the order in which they are given, whatever periods they are for: only their giver knows
     * these. A caller who may learn of periods out of order looks, under a lock of its own and in the same SQL transaction, whether a
     * later one was given.
     *
     * <p>Rollover of {@link Credits#MAX} adds to what there is: what is left of the earlier ones lives on until the new expiry, also
     * what calls hold.
     */
    Mono<ReplaceResult> replace(Allowance allowance);

    /**
     * Ends what is left of the account's allowances, also of those whose command is still on its way, and issues the one command for
     * it, in the caller's SQL transaction, or in one of its own if there is none. Push the command after the commit. Of what open
     * holds keep, nothing is taken from them. It happens once per cause: what is given later stays, however often the cause is named
     * again.
     *
     * @param causeId what they end for: a plan that was lost
     */
    Mono<EndResult> end(AccountId account, String causeId);

    /** What became of an end. */
    sealed interface EndResult {
        /** Ended now: {@code command} is to be pushed. */
        record Ended(IssuedCommand command) implements EndResult {}

        /** There was nothing left to end. */
        record NothingLeft() implements EndResult {}

        /** The same cause ended them before; nothing was done. */
        record EndedBefore() implements EndResult {}

        /** The same cause ended another account's; nothing was done. */
        record Conflict(String field, String before) implements EndResult {}

        /** {@code field} cannot be that; nothing was done. */
        record Invalid(String field, String allowed) implements EndResult {}

        record NoSuchAccount(AccountId account) implements EndResult {}
    }

    /** What became of an allowance. */
    sealed interface ReplaceResult {
        /** Given now: {@code command} is to be pushed. */
        record Replaced(long grant, IssuedCommand command) implements ReplaceResult {}

        /** The same cause had it given before; nothing was done. */
        record ReplacedBefore(long grant) implements ReplaceResult {}

        /** The same cause was given something else before: {@code field} was {@code before} then. Nothing was done. */
        record Conflict(String field, String before) implements ReplaceResult {}

        /** {@code field} cannot be that; nothing was done. */
        record Invalid(String field, String allowed) implements ReplaceResult {}

        /** It could lift the account beyond what an amount of credit can be; nothing was done. */
        record BeyondBound(Credits allowed) implements ReplaceResult {}

        record NoSuchAccount(AccountId account) implements ReplaceResult {}
    }
}
