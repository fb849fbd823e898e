package io.tollgate.metering.reconciliation;

import io.tollgate.metering.account.AccountId;
import reactor.core.publisher.Mono;

/** The live store's side of the comparison. */
public interface LiveView {

    /** Seen in one step; empty if the account is not there, which is right for an idle one. */
    Mono<LiveFigures> of(AccountId account);
}
