package io.tollgate.billing.subscription;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The plan an account lives on, and its allowance.
 *
 * @param subscription null on the free plan and on none
 * @param freePlan the free plan it is on; null otherwise
 * @param month the month's allowance that was given last; null before the first
 * @param nextAt when the next month is due without a payment; null if only a payment brings it
 * @param livesUntil when what is left ends unless another allowance takes its place; null once it has
 * @param grace null unless a payment failed and has not been made up for
 * @param freeSince what free months are counted from
 * @param trial the subscription it had its trial with
 */
public record AccountPlan(
        AccountId account,
        @Nullable String subscription,
        @Nullable String freePlan,
        @Nullable Month month,
        @Nullable Instant nextAt,
        @Nullable Instant livesUntil,
        @Nullable Grace grace,
        @Nullable Instant freeSince,
        @Nullable String trial) {

    /**
     * An allowance that was given.
     *
     * @param key what it was given for, once
     * @param credits all that was given for it so far
     * @param worth what the plans that were paid for this month give for the time of each: less than was given where a better plan
     *     was given up again
     * @param paidUntil how far the payment reaches: the year's end of a plan that is paid by the year
     */
    public record Month(String key, Credits credits, Credits worth, Instant start, Instant end, Instant paidUntil) {

        /** One whose plan has not changed. */
        public static Month whole(String key, Credits credits, Instant start, Instant end, Instant paidUntil) {
            return new Month(key, credits, credits, start, end, paidUntil);
        }
    }

    /** What a failed payment leaves. */
    public record Grace(String invoice, Instant until) {}

    public static AccountPlan none(AccountId account) {
        return new AccountPlan(account, null, null, null, null, null, null, null, null);
    }

    public AccountPlan on(@Nullable String newSubscription) {
        return new AccountPlan(account, newSubscription, null, month, nextAt, livesUntil, grace, freeSince, trial);
    }

    /** On the free plan, its next month due at once. */
    public AccountPlan onFree(String plan, Instant now) {
        Instant since = freeSince == null ? now : freeSince;
        return new AccountPlan(account, null, plan, null, now, livesUntil, null, since, trial);
    }

    public AccountPlan given(Month given, @Nullable Instant next) {
        return new AccountPlan(account, subscription, freePlan, given, next, livesUntil, grace, freeSince, trial);
    }

    public AccountPlan livingUntil(@Nullable Instant end) {
        return new AccountPlan(account, subscription, freePlan, month, nextAt, end, grace, freeSince, trial);
    }

    public AccountPlan dueAt(@Nullable Instant next) {
        return new AccountPlan(account, subscription, freePlan, month, next, livesUntil, grace, freeSince, trial);
    }

    public AccountPlan inGrace(@Nullable Grace newGrace) {
        return new AccountPlan(account, subscription, freePlan, month, nextAt, livesUntil, newGrace, freeSince, trial);
    }

    public AccountPlan tried(String newTrial) {
        return new AccountPlan(account, subscription, freePlan, month, nextAt, livesUntil, grace, freeSince, newTrial);
    }
}
