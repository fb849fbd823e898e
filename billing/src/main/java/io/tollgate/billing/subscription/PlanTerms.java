package io.tollgate.billing.subscription;

import io.tollgate.metering.credit.Credits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a plan gives.
 *
 * @param plan its id in the catalog
 * @param name as customers know it
 * @param allowance for each month; zero for a plan that gives no credit
 * @param trialAllowance for the whole trial; zero for none
 * @param rollover how much of a month's allowance lives on into the next, at most
 * @param grace how long the allowance goes on after a payment failed
 */
public record PlanTerms(
        String plan, String name, Credits allowance, Credits trialAllowance, Credits rollover, Duration grace) {

    /** The same with the grace that holds now: it is no part of what was sold. */
    PlanTerms withGraceOf(@Nullable PlanTerms now) {
        return now == null ? this : new PlanTerms(plan, name, allowance, trialAllowance, rollover, now.grace());
    }
}
