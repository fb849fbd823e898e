package io.tollgate.billing.catalog;

import io.tollgate.metering.credit.Credits;

/**
 * The days before a plan is first paid; an account gets them once, whichever plan it tries.
 *
 * @param allowance what there is to try with, for all the days together; zero for none
 */
public record Trial(int days, Credits allowance) {

    /** Stripe's own limit. */
    static final int DAYS_MAX = 730;

    public Trial {
        if (days < 1 || days > DAYS_MAX) {
            throw new IllegalArgumentException("a trial has 1 to " + DAYS_MAX + " days, not " + days);
        }
    }
}
