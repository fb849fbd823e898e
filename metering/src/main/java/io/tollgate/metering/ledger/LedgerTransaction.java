package io.tollgate.metering.ledger;

import io.tollgate.metering.account.AccountId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Entries that belong together and sum to zero in each unit.
 *
 * @param cause what it books; with {@code kind} it is booked once
 * @param account whom it concerns
 */
public record LedgerTransaction(Kind kind, String cause, AccountId account, List<LedgerEntry> entries) {

    /** What a ledger transaction books. */
    public enum Kind {
        /** Money came in for credit. */
        TOP_UP,
        /** Credit reached the account. */
        GRANT,
        /** Credit was used: all events of one account in one batch. */
        USAGE,
        /** Credit went unused until its end: all events of one account in one batch. */
        EXPIRY,
        /** Credit was taken back. */
        CLAWBACK,
        /** Money came in for a plan's period; its allowance is given beside it, not bought. */
        PLAN_PAYMENT,
        /** Money went back to who had paid it, or came again since the refund failed. */
        REFUND,
        /** Money was withdrawn for a dispute, or came again since it was won. */
        DISPUTE
    }

    public LedgerTransaction {
        entries = List.copyOf(entries);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("a ledger transaction without entries: " + cause);
        }
        Map<String, Long> sums = new HashMap<>();
        for (LedgerEntry entry : entries) {
            sums.merge(entry.unit(), entry.amount(), Math::addExact);
        }
        sums.forEach((unit, sum) -> {
            if (sum != 0) {
                throw new IllegalArgumentException("entries of " + cause + " sum to " + sum + " " + unit);
            }
        });
    }
}
