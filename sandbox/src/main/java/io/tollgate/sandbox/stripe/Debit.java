package io.tollgate.sandbox.stripe;

/** What an item was really debited for a stretch of time, discounts counted: what a credit is a share of. */
record Debit(long amount, Period period) {
    /** The share for the time from a moment on. */
    long unusedFrom(long moment) {
        return Rounding.share(amount, period.from(moment).length(), period.length());
    }
}
