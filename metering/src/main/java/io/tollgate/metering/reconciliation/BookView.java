package io.tollgate.metering.reconciliation;

import io.tollgate.metering.account.AccountId;
import java.util.Collection;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The book's side of the comparison. */
public interface BookView {

    /** All of one point of history, in no order; those of the accounts that there are. */
    Flux<BookedFigures> of(Collection<AccountId> accounts);

    /** Adds up what the book keeps of the account; empty if there is no such account. */
    Mono<BookedSums> sums(AccountId account);
}
