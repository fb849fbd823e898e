package io.tollgate.billing.refund;

import io.tollgate.metering.credit.Credits;

/**
 * What of a payment was not used.
 *
 * @param credits what the account still has of what it gave
 * @param worthMinor what was paid for that, and for months to come
 */
record UnusedPart(Credits credits, long worthMinor) {}
