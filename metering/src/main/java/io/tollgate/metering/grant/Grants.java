package io.tollgate.metering.grant;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.credit.Credits;
import reactor.core.publisher.Mono;

/** Grants in the book of record. */
public interface Grants {

    /**
     * Records the grant, books the money paid for it (clearing against deferred) and issues its command, all in the caller's SQL
     * transaction, or in one of its own if there is none. Push the command after the commit.
     *
     * @throws IllegalArgumentException for an allowance, which {@link Allowances} gives
     */
    Mono<GrantResult> give(Grant grant);

    /** What became of a grant. */
    sealed interface GrantResult {
        /** Given now: {@code command} is to be pushed. */
        record Given(long grant, IssuedCommand command) implements GrantResult {}

        /** The same cause had it given before; nothing was done. */
        record GivenBefore(long grant) implements GrantResult {}

        /** The same cause was given something else before: {@code field} was {@code before} then. Nothing was done. */
        record Conflict(String field, String before) implements GrantResult {}

        /** It would lift the account beyond what an amount of credit can be; nothing was done. */
        record BeyondBound(Credits allowed) implements GrantResult {}

        record NoSuchAccount(AccountId account) implements GrantResult {}
    }
}
