package io.tollgate.metering.command;

import io.tollgate.metering.account.AccountId;
import java.time.Duration;
import java.util.Collection;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The log of issued commands in the book of record. */
public interface Commands {

    /**
     * Gives the command the account's next number. Takes part in the caller's SQL transaction, so that the command exists exactly if
     * its cause does; push it to the live store after the commit (the courier's part).
     *
     * <p>Empty, and nothing issued, for a late charge of a hold whose charge is in the book, or with an operator in quarantine: its
     * first settle was only not answered.
     * What is still in the stream is not in the book, so flush the hold's partition before.
     *
     * @param id unique among all commands; issuing it again answers the command issued first
     */
    Mono<IssuedCommand> issue(AccountId account, String id, Command command);

    /** Issued but not yet booked as applied, in order, at most {@code limit}. */
    Flux<IssuedCommand> unapplied(AccountId account, int limit);

    /** Those of the places that have a command, in no order. */
    Flux<IssuedCommand> at(Collection<Place> places);

    /** Where a command stands: the {@code number}-th of its account. */
    record Place(AccountId account, long number) {}

    /** Accounts with a command older than {@code age} that is not yet booked as applied, at most {@code limit}. */
    Flux<AccountId> accountsWaiting(Duration age, int limit);
}
