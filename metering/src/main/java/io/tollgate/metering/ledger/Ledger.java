package io.tollgate.metering.ledger;

import java.util.List;
import reactor.core.publisher.Mono;

/** The book of ledger transactions. */
public interface Ledger {

    /**
     * Books them in the caller's SQL transaction, or in one of its own if there is none; fails as a whole if any of them was booked
     * before.
     */
    Mono<Void> book(List<LedgerTransaction> transactions);
}
