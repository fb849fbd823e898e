package io.tollgate.metering.account;

import io.tollgate.metering.credit.Credits;
import reactor.core.publisher.Mono;

/** Compares an account's running totals with the holds they are about, at one instant. */
public interface AccountInspection {

    /**
     * What was found.
     *
     * @param account as the live store keeps it
     * @param postedMicros the running total, which its lots less its debt come to
     * @param open the running number of open holds
     * @param lastEvent number, in the partition's epoch, of the account's last event or a later one
     * @param holds what the account's holds that are there hold
     * @param holdsFound how many of them there are
     */
    record Found(
            AccountSnapshot account, long postedMicros, long open, long lastEvent, Credits holds, long holdsFound) {

        public boolean agrees() {
            return account.heldMicros() == holds.micros() && open == holdsFound;
        }
    }

    /** Empty if the account is absent. */
    Mono<Found> inspect(AccountId account);
}
