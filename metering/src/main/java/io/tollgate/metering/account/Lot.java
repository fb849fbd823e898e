package io.tollgate.metering.account;

import io.tollgate.metering.credit.Credits;

/**
 * What is left of a grant. Lots burn by priority, then expiry, then creation.
 *
 * @param grant the grant's number, rising with creation
 * @param priority lower burns first
 * @param expiresAtMillis {@link #NEVER} or the epoch millisecond from which on it is gone
 */
public record Lot(long grant, Credits remaining, int priority, long expiresAtMillis) {

    public static final long NEVER = 0;
}
