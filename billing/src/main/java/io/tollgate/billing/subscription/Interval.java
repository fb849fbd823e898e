package io.tollgate.billing.subscription;

/** How often a plan is paid. Its allowance comes every month either way. */
public enum Interval {
    MONTH,
    YEAR
}
