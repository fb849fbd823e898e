package io.tollgate.metering.reservation;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import java.time.Duration;

/**
 * Asks for {@code total} to be held under {@code id}; for a hold that is open, to raise it to that total.
 *
 * @param ttl how long the hold lives without being raised or ended, by the live store's clock
 */
public record HoldRequest(AccountId account, HoldId id, Credits total, Duration ttl) {

    public HoldRequest {
        if (ttl.isNegative() || ttl.isZero()) {
            throw new IllegalArgumentException("a hold's ttl must be above zero: " + ttl);
        }
    }
}
