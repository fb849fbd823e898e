package io.tollgate.metering.command;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountLoader;
import io.tollgate.metering.store.StoreUnavailableException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Brings issued commands to the live store. Whoever issues one pushes it after the commit; {@link #deliverWaiting} finds those
 * whose push was lost. Several gateways may deliver the same command: the live store applies it once.
 */
public final class Courier {

    /**
     * The courier's bounds.
     *
     * @param age how long a command may go unbooked before it is looked for; longer than a flush usually takes
     * @param accountsAtOnce the most accounts in one round
     * @param commandsAtOnce the most commands of one account in one round
     * @param concurrency accounts delivered to side by side
     * @param timeout for one account
     */
    public record Bounds(Duration age, int accountsAtOnce, int commandsAtOnce, int concurrency, Duration timeout) {}

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final Commands commands;
    private final LiveCommands live;
    private final AccountLoader accounts;
    private final Bounds bounds;

    public Courier(Commands commands, LiveCommands live, AccountLoader accounts, Bounds bounds) {
        this.commands = commands;
        this.live = live;
        this.accounts = accounts;
        this.bounds = bounds;
    }

    /** To be called once the command is committed. Never fails: what could not be pushed is only late. */
    public Mono<Void> push(IssuedCommand command) {
        return deliver(command).timeout(bounds.timeout()).onErrorResume(failure -> later(command.account(), failure));
    }

    /** Delivers commands that were issued a while ago and are not yet booked as applied. */
    public Mono<Void> deliverWaiting() {
        return commands.accountsWaiting(bounds.age(), bounds.accountsAtOnce())
                .flatMap(this::deliverWaiting, bounds.concurrency())
                .then();
    }

    private Mono<Void> deliverWaiting(AccountId account) {
        return deliverInOrder(account, 1).timeout(bounds.timeout()).onErrorResume(failure -> later(account, failure));
    }

    private Mono<Void> deliver(IssuedCommand command) {
        return live.apply(command).flatMap(result -> switch (result) {
            case ApplyResult.Applied _ -> Mono.empty();
            case ApplyResult.Gap(long wanted) -> deliverInOrder(command.account(), wanted);
            // Loading applies what waits, this command among it.
            case ApplyResult.Absent _ -> accounts.load(command.account()).then();
        });
    }

    private Mono<Void> deliverInOrder(AccountId account, long from) {
        return commands.unapplied(account, bounds.commandsAtOnce())
                .filter(command -> command.number() >= from)
                .concatMap(this::applyInOrder)
                .then();
    }

    private Mono<Void> applyInOrder(IssuedCommand command) {
        return live.apply(command).flatMap(result -> switch (result) {
            case ApplyResult.Applied _ -> Mono.empty();
            case ApplyResult.Absent _ -> accounts.load(command.account()).then();
            // Books and live store disagree about what was booked as applied: trying again could only go round in
            // circles.
            case ApplyResult.Gap(long wanted) ->
                Mono.error(new StoreUnavailableException("the live store wants command " + wanted + " before "
                        + command.number() + " of " + command.account()));
        });
    }

    private static Mono<Void> later(AccountId account, Throwable failure) {
        LOG.warn("Commands of {} could not be delivered and will be tried again: {}", account, failure.toString());
        return Mono.empty();
    }
}
