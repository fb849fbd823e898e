package io.tollgate.metering.live;

import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.account.Lot;
import io.tollgate.metering.command.ApplyResult;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.command.LiveCommands;
import io.tollgate.metering.usage.UsageEvent.Kind;
import java.util.Set;
import reactor.core.publisher.Mono;

/** The model's commands. */
final class ModelCommands implements LiveCommands {

    private final InMemoryLiveStore store;

    ModelCommands(InMemoryLiveStore store) {
        this.store = store;
    }

    @Override
    public Mono<ApplyResult> apply(IssuedCommand command) {
        return Mono.fromSupplier(() -> {
            synchronized (store) {
                return applied(command);
            }
        });
    }

    private ApplyResult applied(IssuedCommand issued) {
        ModelAccount account = store.touched(issued.account());
        if (account == null) {
            return new ApplyResult.Absent();
        }
        if (issued.number() <= account.lastCommand) {
            return new ApplyResult.Applied();
        }
        if (issued.number() > account.lastCommand + 1) {
            return new ApplyResult.Gap(account.lastCommand + 1);
        }
        account.lastCommand = issued.number();
        account.lastCommandId = issued.id();
        String detail = issued.command() instanceof Command.LateCharge late ? late.detail() : "";
        ModelEffect effect = effect(account, issued.command());
        store.append(kind(issued.command()), issued.id(), account, 0, effect, issued.number(), detail);
        return new ApplyResult.Applied();
    }

    private static ModelEffect effect(ModelAccount account, Command command) {
        switch (command) {
            case Command.Grant grant -> {
                return account.grant(lot(grant));
            }
            case Command.LateCharge late -> {
                return account.charge(late.actual().micros());
            }
            case Command.Clawback clawback -> {
                return account.clawBack(clawback.grants(), clawback.amount().micros());
            }
            case Command.ReplaceAllowance replace -> {
                return account.replace(
                        Set.copyOf(replace.replaced()), replace.rollover().micros(), lot(replace.allowance()));
            }
            case Command.EndAllowances end -> {
                return account.end(Set.copyOf(end.ended()));
            }
            case Command.Freeze _ ->
                account.state = account.state == AccountState.ACTIVE ? AccountState.FROZEN : account.state;
            case Command.Thaw _ ->
                account.state = account.state == AccountState.FROZEN ? AccountState.ACTIVE : account.state;
            case Command.Close _ -> account.state = AccountState.CLOSED;
        }
        return ModelEffect.NOTHING;
    }

    private static Kind kind(Command command) {
        return switch (command) {
            case Command.Grant _ -> Kind.GRANTED;
            case Command.LateCharge _ -> Kind.CHARGED;
            case Command.Clawback _ -> Kind.CLAWED_BACK;
            case Command.ReplaceAllowance _ -> Kind.ALLOWANCE_REPLACED;
            case Command.EndAllowances _ -> Kind.ALLOWANCES_ENDED;
            case Command.Freeze _ -> Kind.FROZEN;
            case Command.Thaw _ -> Kind.THAWED;
            case Command.Close _ -> Kind.CLOSED;
        };
    }

    private static Lot lot(Command.Grant grant) {
        return new Lot(grant.grant(), grant.amount(), grant.priority(), grant.expiresAtMillis());
    }
}
