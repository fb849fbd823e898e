package io.tollgate.metering.ledger;

/**
 * One signed line of a ledger transaction.
 *
 * @param unit {@link #CREDITS}, counted in micro-credits, or a currency, counted in its minor unit
 */
public record LedgerEntry(LedgerAccount account, String unit, long amount) {

    public static final String CREDITS = "credits";

    public LedgerEntry {
        if (amount == 0) {
            throw new IllegalArgumentException("an entry of zero on " + account.name());
        }
    }
}
