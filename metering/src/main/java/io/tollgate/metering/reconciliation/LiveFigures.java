package io.tollgate.metering.reconciliation;

import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.usage.EventPosition;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An account as the live store has it at one moment.
 *
 * @param lots micro-credits left by grant, what open holds keep of expired lots among it
 * @param holds what the account says of its open holds
 * @param counted what its open holds themselves come to
 * @param last the account's last event; number 0 for none in this epoch
 */
public record LiveFigures(
        AccountState state,
        long postedMicros,
        long debtMicros,
        SortedMap<Long, Long> lots,
        Holds holds,
        Holds counted,
        EventPosition last,
        long lastCommand,
        String lastCommandId) {

    /** So many holds, and what they keep together. */
    public record Holds(long number, long micros) {}

    public LiveFigures {
        lots = Collections.unmodifiableSortedMap(new TreeMap<>(lots));
    }

    /** Whether nothing happened between the two that leaves an event; holds that come and go leave none. */
    boolean standsLike(LiveFigures other) {
        return last.equals(other.last)
                && state == other.state
                && postedMicros == other.postedMicros
                && debtMicros == other.debtMicros
                && lastCommand == other.lastCommand
                && lots.equals(other.lots);
    }

    /** Whether all that has happened to the account is in a book that has come as far as this. */
    boolean isBookedBy(EventPosition upTo) {
        return last.number() == 0 || last.compareTo(upTo) <= 0;
    }
}
