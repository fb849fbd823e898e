package io.tollgate.metering.ledger;

import io.tollgate.metering.account.AccountId;
import java.util.Map;
import reactor.core.publisher.Mono;

/** The book of record checked against itself: the same credit counted from grants, from usage and from the ledger. */
public interface Books {

    /**
     * One account's credit, counted in several ways at one point of history.
     *
     * @param postedMicros what its balance row says
     * @param grantedMicros the sum of the grants that arrived
     * @param chargedMicros the sum of its usage events' charges
     * @param expiredMicros what of them went unused until its end
     * @param clawedBackMicros what was taken back, as debt too
     * @param ledgerMicros what the ledger says it has
     * @param settled holds that ended with a charge, late ones among them
     * @param givenBack holds that were released or expired
     */
    record AccountBooks(
            AccountId account,
            long postedMicros,
            long debtMicros,
            long grantedMicros,
            long chargedMicros,
            long uncollectedMicros,
            long expiredMicros,
            long clawedBackMicros,
            long ledgerMicros,
            long settled,
            long givenBack) {

        /** Whether every count leads to the same posted credit. */
        public boolean agree() {
            return postedMicros == eventsMicros() && postedMicros == ledgerMicros;
        }

        /** What its events add up to: given, less what was used, went unused or was taken back. */
        public long eventsMicros() {
            return grantedMicros - chargedMicros - expiredMicros - clawedBackMicros;
        }

        public long events() {
            return settled + givenBack;
        }
    }

    /** The sum of all ledger entries by unit; zero each, or the books do not balance. Reads the whole ledger. */
    Mono<Map<String, Long>> totals();

    /** Empty if there is no such account. */
    Mono<AccountBooks> of(AccountId account);
}
