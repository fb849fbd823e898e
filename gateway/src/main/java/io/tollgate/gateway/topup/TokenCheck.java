package io.tollgate.gateway.topup;

import io.tollgate.metering.account.AccountId;
import java.time.Instant;

/** What a token from a URL turned out to be. */
public sealed interface TokenCheck {
    /** We signed it for this account, and it may be used until {@code expiresAt}. */
    record Valid(AccountId account, Instant expiresAt) implements TokenCheck {}

    /** We signed it, but its time is up. */
    record Expired() implements TokenCheck {}

    /** We did not sign this, or not for this purpose. */
    record Tampered() implements TokenCheck {}
}
