package io.tollgate.billing.topup;

/** Who asked for a top-up to be fulfilled; they race, and it makes no difference who comes first. */
public enum AskedBy {
    WEBHOOK,
    SUCCESS_PAGE,
    RECONCILER
}
