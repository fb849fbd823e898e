package io.tollgate.metering.reconciliation;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.usage.EventPosition;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An account as the book has it at one point of history.
 *
 * @param standing whether events of it lie in quarantine, so that the book is known to lack them
 * @param lots micro-credits left by grant, without those that have nothing left
 * @param upTo up to where its partition was booked then
 */
public record BookedFigures(
        AccountId account,
        AccountState state,
        Standing standing,
        long postedMicros,
        long debtMicros,
        SortedMap<Long, Long> lots,
        long lastCommand,
        String lastCommandId,
        EventPosition upTo) {

    /** Whether the book is to agree with the live store. */
    public enum Standing {
        BOOKED,
        QUARANTINED
    }

    public BookedFigures {
        lots = Collections.unmodifiableSortedMap(new TreeMap<>(lots));
    }
}
