package io.tollgate.metering.reservation;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.store.StoreUnavailableException;
import reactor.core.publisher.Mono;

/**
 * Holds on prepaid credit, decided atomically by the live store. Arguments are absolute totals, so every call may be sent twice.
 * An unreachable store signals {@link StoreUnavailableException}; whether the call took effect is then unknown, and sending it again
 * is safe. Cancelling a subscription does not recall what was sent.
 */
public interface Reservations {

    /** Makes a hold, or raises an open one to the request's total (never lowers it). All or nothing. */
    Mono<HoldResult> hold(HoldRequest request);

    /** Ends a hold once and appends its usage event, atomically. */
    Mono<EndResult> end(AccountId account, HoldId hold, Ending ending);
}
