package io.tollgate.sandbox.stripe;

/** How a bank decides about a debit. */
public enum DebitEnd {
    SUCCEEDED,
    FAILED
}
