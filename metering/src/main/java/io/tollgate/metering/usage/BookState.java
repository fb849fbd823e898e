package io.tollgate.metering.usage;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Basis;
import io.tollgate.metering.ledger.Money;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the book knew, before a batch, of everything the batch concerns.
 *
 * @param lots those that the batch's events and commands name
 * @param bookedBefore those of the batch's holds' ends that are in the book already
 * @param expiredBefore those of the batch's expiries that are in the book already
 */
public record BookState(
        Map<AccountId, Position> accounts,
        Map<Long, LotState> lots,
        Map<CommandKey, CommandState> commands,
        Set<EventKey> bookedBefore,
        Set<ExpiryKey> expiredBefore) {

    /** With these lots as well. */
    public BookState having(Map<Long, LotState> more) {
        Map<Long, LotState> all = new HashMap<>(lots);
        all.putAll(more);
        return new BookState(accounts, all, commands, bookedBefore, expiredBefore);
    }

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
     * @param priority lower burns first
     * @param expiresAtMillis {@link io.tollgate.metering.account.Lot#NEVER} or an epoch millisecond
     * @param paid null for credit that was not bought
     */
    public record LotState(
            AccountId account,
            Credits amount,
            Credits remaining,
            int priority,
            long expiresAtMillis,
            @Nullable Money paid) {

        @Nullable
        Basis basis() {
            return paid == null ? null : new Basis(paid, amount);
        }

        LotState with(Credits left) {
            return new LotState(account, amount, left, priority, expiresAtMillis, paid);
        }

        LotState expiringAt(long millis) {
            return new LotState(account, amount, remaining, priority, millis, paid);
        }
    }

    /** Names a command by its place. */
    public record CommandKey(AccountId account, long number) {}

    /**
     * A command as it was issued.
     *
     * @param granted the lot of the grant it delivers, before anything is in it; null for none
     */
    public record CommandState(
            String id, Command command, @Nullable LotState granted) {

        /** The number of the grant it delivers, 0 for none. */
        long grant() {
            return switch (command) {
                case Command.Grant delivered -> delivered.grant();
                case Command.ReplaceAllowance replacement ->
                    replacement.allowance().grant();
                case Command.Clawback _,
                        Command.EndAllowances _,
                        Command.LateCharge _,
                        Command.Freeze _,
                        Command.Thaw _,
                        Command.Close _ -> 0;
            };
        }
    }

    /** Names the end of a hold. */
    public record EventKey(UUID id, UsageEvent.Kind kind) {}

    /** Names what expired with an event. Its id alone may come again: an account that was gone counts its expiries anew. */
    public record ExpiryKey(String id, EventPosition position) {}
}
