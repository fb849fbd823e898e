package io.tollgate.metering.command;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.account.BookedAccounts;
import io.tollgate.metering.account.BookedAccounts.Account;
import reactor.core.publisher.Mono;

/** An account's state as an operator changes it: frozen, thawed, or closed for good. */
public final class StateChanges {

    private final BookedAccounts accounts;
    private final Commands commands;

    public StateChanges(BookedAccounts accounts, Commands commands) {
        this.accounts = accounts;
        this.commands = commands;
    }

    /** What became of a change of state. */
    public sealed interface ChangeResult {
        /** Issued, now or before for the same cause: {@code command} is to be pushed. */
        record Issued(IssuedCommand command) implements ChangeResult {}

        /** The same cause had something else done before: {@code field} was {@code before} then. Nothing was done. */
        record Conflict(String field, String before) implements ChangeResult {}

        /** A closed account stays closed; nothing was done. */
        record Closed(AccountId account) implements ChangeResult {}

        record NoSuchAccount(AccountId account) implements ChangeResult {}
    }

    /**
     * Issues the command that lets the account enter the state. Push it after the commit.
     *
     * @param causeId makes it happen once; shares its names with no other command
     */
    public Mono<ChangeResult> enter(AccountId account, AccountState state, String causeId) {
        return accounts.find(account)
                .flatMap(found -> enter(found, state, causeId))
                .defaultIfEmpty(new ChangeResult.NoSuchAccount(account));
    }

    private Mono<ChangeResult> enter(Account account, AccountState state, String causeId) {
        return account.state() == AccountState.CLOSED && state != AccountState.CLOSED
                ? Mono.just(new ChangeResult.Closed(account.id()))
                : commands.issue(account.id(), causeId, command(state))
                        .map(issued -> result(account.id(), command(state), issued));
    }

    private static ChangeResult result(AccountId account, Command wanted, IssuedCommand issued) {
        if (!issued.account().equals(account)) {
            return new ChangeResult.Conflict("account", issued.account().value());
        }
        return issued.command().equals(wanted)
                ? new ChangeResult.Issued(issued)
                : new ChangeResult.Conflict(
                        "command", issued.command().getClass().getSimpleName());
    }

    private static Command command(AccountState state) {
        return switch (state) {
            case ACTIVE -> new Command.Thaw();
            case FROZEN -> new Command.Freeze();
            case CLOSED -> new Command.Close();
        };
    }
}
