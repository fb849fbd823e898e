package io.tollgate.metering.grant;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Where an account's credit came from. */
public interface GrantHistory {

    /**
     * A grant and what the book knows to be left of it; the live store may know of less.
     *
     * @param number the grant's, which is its lot's
     * @param paid null for credit that was not bought
     * @param expiresAt null for never
     * @param remaining null until its arrival in the live store is booked
     */
    record GrantedLot(
            long number,
            AccountId account,
            Credits granted,
            Grant.Cause cause,
            String causeId,
            @Nullable Money paid,
            @Nullable Instant expiresAt,
            Instant givenAt,
            @Nullable Credits remaining) {}

    /** Newest first, at most {@code limit}. */
    Flux<GrantedLot> lots(AccountId account, int limit);
}
