package io.tollgate.billing.subscription;

import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.subscription.AccountPlan.Grace;
import io.tollgate.billing.subscription.AccountPlan.Month;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where an account stands with its plan, as its owner is told.
 *
 * @param plan its id; null without a plan, as all that follows from one
 * @param allowance what the present month gave; null if it gave nothing, or no longer does
 * @param resetsAt when the next month's allowance takes its place
 * @param cancelAt when the plan will end
 * @param graceUntil how long the allowance goes on although a payment failed
 * @param pausedAs what becomes of invoices while their collection is paused
 * @param paymentUrl Stripe's page where what failed can be paid
 */
public record PlanStanding(
        AccountId account,
        State state,
        @Nullable String plan,
        @Nullable String name,
        @Nullable Interval interval,
        @Nullable Credits allowance,
        @Nullable Instant resetsAt,
        @Nullable Instant trialEndsAt,
        @Nullable Instant cancelAt,
        @Nullable Instant graceUntil,
        @Nullable String pausedAs,
        @Nullable Instant resumesAt,
        SubscriptionState.@Nullable PendingChange pending,
        @Nullable String paymentUrl) {

    /** How it stands. */
    public enum State {
        NONE,
        /** On a plan that nothing is paid for. */
        FREE,
        TRIALING,
        ACTIVE,
        /** A payment failed, and the allowance goes on for a while. */
        GRACE,
        /** A payment failed, and the allowance has ended. */
        OVERDUE,
        /** Nothing is collected, so that no further month comes. */
        PAUSED,
        ENDED;

        /** As our JSON has it: {@code active}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static PlanStanding of(Present present, Plans plans, Instant now) {
        SubscriptionState current = present.current();
        String free = present.plan().freePlan();
        if (current != null) {
            return paid(present, current, now);
        }
        PlanTerms terms = free == null ? null : plans.plan(free);
        return without(present, terms);
    }

    private static PlanStanding without(Present present, @Nullable PlanTerms free) {
        AccountPlan plan = present.plan();
        return new PlanStanding(
                plan.account(),
                free == null ? State.NONE : State.FREE,
                free == null ? null : free.plan(),
                free == null ? null : free.name(),
                null,
                allowance(plan),
                resetsAt(plan),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static PlanStanding paid(Present present, SubscriptionState current, Instant now) {
        AccountPlan plan = present.plan();
        Grace grace = plan.grace();
        return new PlanStanding(
                plan.account(),
                state(current, grace, now),
                current.terms().plan(),
                current.terms().name(),
                current.item().interval(),
                allowance(plan),
                current.hasEnded() ? null : resetsAt(plan),
                current.status() == StripeSubscription.Status.TRIALING ? current.trialEnd() : null,
                current.hasEnded() ? current.endedAt() : current.cancelAt(),
                grace == null ? null : grace.until(),
                current.pausedAs(),
                current.resumesAt(),
                current.pending(),
                present.failing().stream()
                        .map(InvoiceState::hostedUrl)
                        .findFirst()
                        .orElse(null));
    }

    private static State state(SubscriptionState current, @Nullable Grace grace, Instant now) {
        if (grace != null && !current.hasEnded()) {
            return now.isBefore(grace.until()) ? State.GRACE : State.OVERDUE;
        }
        return switch (current.status()) {
            case TRIALING -> State.TRIALING;
            case ENDED -> State.ENDED;
            case UNPAID -> State.OVERDUE;
            case PAUSED -> State.PAUSED;
            case INCOMPLETE -> State.NONE;
            case ACTIVE, PAST_DUE -> current.pausedAs() == null ? State.ACTIVE : State.PAUSED;
        };
    }

    private static @Nullable Credits allowance(AccountPlan plan) {
        Month month = plan.month();
        return month == null || plan.livesUntil() == null ? null : month.credits();
    }

    private static @Nullable Instant resetsAt(AccountPlan plan) {
        Month month = plan.month();
        return month == null || plan.livesUntil() == null ? null : month.end();
    }
}
