package io.tollgate.metering.command;

import io.tollgate.metering.credit.Credits;

/** A change to an account that something outside the live store has decided. */
public sealed interface Command {

    /**
     * Adds a lot; debt is paid first.
     *
     * @param grant the grant's number, which is the lot's
     * @param priority lower burns first
     * @param expiresAtMillis {@link io.tollgate.metering.account.Lot#NEVER} or an epoch millisecond
     */
    record Grant(long grant, Credits amount, int priority, long expiresAtMillis) implements Command {}

    /**
     * A settle that came after its hold's tombstone was gone: charged once, unique by hold id, below zero if need be.
     *
     * @param detail the usage event's detail, encoded
     */
    record LateCharge(String holdId, Credits actual, String detail) implements Command {}

    /** No new holds until thawed. */
    record Freeze() implements Command {}

    /** Ends a freeze. */
    record Thaw() implements Command {}
}
