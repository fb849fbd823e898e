package io.tollgate.metering.usage;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.ledger.LedgerTransaction;
import io.tollgate.metering.ledger.Postings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a batch's events of one account move in the ledger, added up: one ledger transaction, or several where the amounts would no
 * longer fit into one.
 */
final class LedgerTally {

    private final LedgerTransaction.Kind kind;
    private final AccountId account;
    private final List<LedgerTransaction> full = new ArrayList<>(0);
    private Postings postings = new Postings();
    private long volume;
    private @Nullable UsageEvent last;

    LedgerTally(LedgerTransaction.Kind kind, AccountId account) {
        this.kind = kind;
        this.account = account;
    }

    /**
     * Adds what one event moves.
     *
     * @throws ArithmeticException if that alone is too much, before anything is added
     */
    void add(Postings moved, UsageEvent event) {
        long more = moved.volume();
        if (more == 0) {
            return;
        }
        if (volume > Long.MAX_VALUE - more) {
            close();
        }
        postings.addAll(moved);
        volume += more;
        last = event;
    }

    /** None if nothing moved. */
    List<LedgerTransaction> transactions() {
        close();
        return full;
    }

    // Numbers may be used again after a loss; the event's id tells its transaction from that other one's.
    private String cause(UsageEvent event) {
        return account + "@" + event.position() + "/" + event.id();
    }

    private void close() {
        if (last != null && !postings.entries().isEmpty()) {
            full.add(new LedgerTransaction(kind, cause(last), account, postings.entries()));
        }
        postings = new Postings();
        volume = 0;
    }
}
