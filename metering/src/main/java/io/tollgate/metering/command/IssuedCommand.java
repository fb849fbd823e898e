package io.tollgate.metering.command;

import io.tollgate.metering.account.AccountId;

/**
 * A command with its place in its account's history.
 *
 * @param number gapless per account, from 1
 * @param id unique among all commands, and that of the event its application leaves
 */
public record IssuedCommand(AccountId account, long number, String id, Command command) {

    public IssuedCommand {
        if (number < 1) {
            throw new IllegalArgumentException("command number below 1: " + number);
        }
    }
}
