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
     */
    Mono<ReplaceResult> replace(Allowance allowance);

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
