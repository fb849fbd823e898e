package io.tollgate.metering.usage;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Basis;
import io.tollgate.metering.ledger.Money;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the book knew, before a batch, of everything the batch concerns.
 *
 * @param bookedBefore those of the batch's events that are in the book already
 */
public record BookState(
        Map<AccountId, Position> accounts,
        Map<Long, LotState> lots,
        Map<CommandKey, CommandState> commands,
        Set<EventKey> bookedBefore) {

    /** What all booked events of an account add up to. */
    public record Position(
            AccountState state,
            long postedMicros,
            long debtMicros,
            long applied,
            String appliedId,
            boolean quarantined) {}

    /**
     * What is left of a grant.
     *
     * @param paid null for credit that was not bought
     */
    public record LotState(
            AccountId account,
            Credits amount,
            Credits remaining,
            @Nullable Money paid) {

        @Nullable
        Basis basis() {
            return paid == null ? null : new Basis(paid, amount);
        }

        LotState with(Credits left) {
            return new LotState(account, amount, left, paid);
        }
    }

    /** Names a command by its place. */
    public record CommandKey(AccountId account, long number) {}

    /**
     * A command as it was issued.
     *
     * @param grant the grant it delivers, 0 for none
     * @param granted that grant's lot before anything is in it; null for none
     * @param holdId the hold a late charge ends, null for other commands
     */
    public record CommandState(
            String id,
            long grant,
            @Nullable LotState granted,
            @Nullable String holdId) {}

    /** Names the end of a hold. */
    public record EventKey(UUID id, UsageEvent.Kind kind) {}
}
