package io.tollgate.billing.webhook;

/** What became of a delivery. A store that does not answer is an error signal: Stripe will deliver again. */
public sealed interface ReceiveResult {
    /** It is Stripe's and it is stored, now or before. */
    record Accepted() implements ReceiveResult {}

    /** It is not what Stripe would send; nothing is stored. */
    record Rejected(Reason reason) implements ReceiveResult {}

    /** Why a delivery is not believed. */
    enum Reason {
        /** This installation has no webhook secret to check against. */
        NOT_CONFIGURED,
        BODY_TOO_LARGE,
        SIGNATURE_MISSING,
        SIGNATURE_MALFORMED,
        SIGNATURE_WRONG,
        /** Rightly signed, but too long ago: somebody may be replaying it. */
        STALE,
        FUTURE_DATED,
        /** Rightly signed, but no event. */
        BODY_MALFORMED
    }
}
