package io.tollgate.metering.reservation;

import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.usage.UsageDetail;

/** How a hold ends. */
public sealed interface Ending {

    /** Charges {@code actual}, which may be less or more than the hold, and returns the rest. */
    record Settle(Credits actual, Overage overage, UsageDetail detail) implements Ending {}

    /** Returns all; the call is not charged. */
    record Release(UsageDetail detail) implements Ending {}

    /** Returns all because the deadline has passed; refused before it. */
    record Expire() implements Ending {}

    /** What to do with an actual beyond the hold that the account's available credit does not cover either. */
    enum Overage {
        /** Charge it all the same: posted goes below zero. */
        DEBT,
        /** Charge what there is; the rest is booked to bad debt. */
        CUT
    }
}
