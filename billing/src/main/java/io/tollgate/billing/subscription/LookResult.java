package io.tollgate.billing.subscription;

import io.tollgate.metering.account.AccountId;

/** What came of looking at a subscription or an invoice. */
public sealed interface LookResult {
    /** Our book now says what Stripe shows. */
    record Looked(AccountId account) implements LookResult {}

    /** Not a subscription of ours, or an invoice of none. */
    record NotOurs() implements LookResult {}

    /** Stripe has no such object. */
    record NotThere() implements LookResult {}

    /** It cannot be written down yet: {@code reason} stands against it. */
    record Later(String reason) implements LookResult {}
}
