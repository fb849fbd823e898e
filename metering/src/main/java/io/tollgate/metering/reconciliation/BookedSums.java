package io.tollgate.metering.reconciliation;

import io.tollgate.metering.account.AccountId;

/**
 * What an account's posted credit is by the different things the book keeps of it, at one point of history.
 *
 * @param postedMicros what its balance row says
 * @param ledgerMicros what the ledger says the customer has
 * @param eventsMicros what came with grants, less what was used, taken back and expired
 * @param usage the latest usage by its events
 * @param rolledUp the same by its rollups
 */
public record BookedSums(
        AccountId account, long postedMicros, long ledgerMicros, long eventsMicros, Usage usage, Usage rolledUp) {

    /** So many usage events and what they charged together. */
    public record Usage(long events, long chargedMicros) {}
}
