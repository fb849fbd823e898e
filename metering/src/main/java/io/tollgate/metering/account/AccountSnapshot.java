package io.tollgate.metering.account;

import java.util.List;

/**
 * What is known of an account at one point of its history. Loaded from the book it holds every booked event and no hold; read
 * from the live store it is the present.
 *
 * @param lots in burn order
 * @param debtMicros posted below zero; zero while any lot has something left
 * @param lastCommand number of the last command that took effect, 0 for none
 * @param lastCommandId its id, empty for none
 */
public record AccountSnapshot(
        AccountId account,
        AccountState state,
        List<Lot> lots,
        long debtMicros,
        long heldMicros,
        long lastCommand,
        String lastCommandId) {

    public AccountSnapshot {
        lots = List.copyOf(lots);
    }

    public Balance balance() {
        long posted = -debtMicros;
        for (Lot lot : lots) {
            posted += lot.remaining().micros();
        }
        return new Balance(posted, heldMicros);
    }
}
