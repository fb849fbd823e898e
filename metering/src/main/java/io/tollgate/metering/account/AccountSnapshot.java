package io.tollgate.metering.account;

import java.util.List;

/**
 * What is known of an account at one point of its history. Loaded from the book it holds every booked event and no hold; read
 * from the live store it is the present.
 *
 * @param lots in burn order
 * @param kept what holds keep of expired lots; in the book these are lots still
 * @param debtMicros what was charged beyond what the lots could pay; a clawback may leave some beside lots it must not touch
 * @param lastCommand number of the last command that took effect, 0 for none
 * @param lastCommandId its id, empty for none
 * @param booked which events of the account's partition were booked when this was read from the book; nothing for the live store
 */
public record AccountSnapshot(
        AccountId account,
        AccountState state,
        List<Lot> lots,
        List<KeptLot> kept,
        long debtMicros,
        long heldMicros,
        long lastCommand,
        String lastCommandId,
        BookedUpTo booked) {

    public AccountSnapshot {
        lots = List.copyOf(lots);
        kept = List.copyOf(kept);
    }

    /** With nothing kept, and nothing said of what was booked. */
    public AccountSnapshot(
            AccountId account,
            AccountState state,
            List<Lot> lots,
            long debtMicros,
            long heldMicros,
            long lastCommand,
            String lastCommandId) {
        this(account, state, lots, List.of(), debtMicros, heldMicros, lastCommand, lastCommandId, BookedUpTo.NOTHING);
    }

    /** The same, read when the book stood there. */
    public AccountSnapshot at(BookedUpTo position) {
        return new AccountSnapshot(
                account, state, lots, kept, debtMicros, heldMicros, lastCommand, lastCommandId, position);
    }

    public Balance balance() {
        long posted = -debtMicros;
        for (Lot lot : lots) {
            posted += lot.remaining().micros();
        }
        for (KeptLot lot : kept) {
            posted += lot.remaining().micros();
        }
        return new Balance(posted, heldMicros);
    }
}
