package io.tollgate.metering.grant;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Basis;
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
     * @param expiresAt null for never; an allowance that was replaced may end sooner or later than it was given for
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
            @Nullable Credits remaining) {

        /** What was paid for what is left: what a refund of it gives back. Null for credit that was not bought. */
        public @Nullable Money basisLeft() {
            return paid == null
                    ? null
                    : new Money(
                            new Basis(paid, granted).leftMinor(remaining == null ? granted : remaining),
                            paid.currency());
        }
    }

    /** Newest first, at most {@code limit}. */
    Flux<GrantedLot> lots(AccountId account, int limit);

    /** Those that have something left or have not arrived yet, in burn order, at most {@code limit}. */
    Flux<GrantedLot> standing(AccountId account, int limit);
}
