package io.tollgate.metering.command;

import io.tollgate.metering.account.Lot;
import io.tollgate.metering.credit.Credits;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change to an account that something outside the live store has decided. */
public sealed interface Command {

    /**
     * Adds a lot; debt is paid first.
     *
     * @param grant the grant's number, which is the lot's
     * @param priority lower burns first
     * @param expiresAtMillis {@link Lot#NEVER} or an epoch millisecond
     */
    record Grant(long grant, Credits amount, int priority, long expiresAtMillis) implements Command {

        /** With an expiry as people give it: null for never. */
        public static Grant until(long grant, Credits amount, int priority, @Nullable Instant expiry) {
            return new Grant(grant, amount, priority, expiry == null ? Lot.NEVER : expiry.toEpochMilli());
        }
    }

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

    /**
     * Takes credit back, whatever is held: from the lots of these grants in this order, and what they do not have becomes debt. Other
     * lots are not touched.
     *
     * @param grants the grant it is about first, then those that may stand in for it
     */
    record Clawback(List<Long> grants, Credits amount) implements Command {

        public Clawback {
            grants = List.copyOf(grants);
        }
    }

    /**
     * Puts a new allowance in the place of older ones, in one step: as two there would be no credit in between. Only the lots
     * named are touched; of what open holds keep, nothing is taken from them.
     *
     * @param replaced the grants whose lots end now
     * @param rollover how much of them in total lives on, until the new allowance expires; zero to start anew
     * @param allowance the new lot; debt is paid first
     */
    record ReplaceAllowance(List<Long> replaced, Credits rollover, Grant allowance) implements Command {

        public ReplaceAllowance {
            replaced = List.copyOf(replaced);
        }
    }

    /** Ends allowances without a new one. Only the lots named are touched; of what open holds keep, nothing is taken from them. */
    record EndAllowances(List<Long> ended) implements Command {

        public EndAllowances {
            ended = List.copyOf(ended);
        }
    }

    /** No new holds, for good. */
    record Close() implements Command {}
}
