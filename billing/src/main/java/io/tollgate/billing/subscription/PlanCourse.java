package io.tollgate.billing.subscription;

import io.tollgate.billing.notice.Fact;
import io.tollgate.billing.notice.Notice;
import io.tollgate.billing.subscription.AccountPlan.Grace;
import io.tollgate.billing.subscription.AccountPlan.Month;
import io.tollgate.billing.subscription.StripeSubscription.Status;
import io.tollgate.billing.subscription.SubscriptionSettings.AtEnd;
import io.tollgate.metering.credit.Credits;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a subscription comes to. Any look at any time leads to where the present of Stripe and of our book say it has to,
 * so that neither order nor number of the looks makes a difference.
 */
final class PlanCourse {

    /** Stripe's reason for ending a subscription that was not paid. */
    private static final String UNPAID = "payment_failed";

    private final SubscriptionSettings settings;
    private final PaidPeriods paid;
    private final PaidChanges changed;
    private final FailedPeriods failed;
    private final FreeMonths free;

    PlanCourse(Plans plans, SubscriptionSettings settings, FreeMonths free) {
        this.settings = settings;
        SoldTerms sold = new SoldTerms(plans);
        this.paid = new PaidPeriods(settings, sold);
        this.changed = new PaidChanges(settings, sold);
        this.failed = new FailedPeriods(settings);
        this.free = free;
    }

    Change looked(Look look) {
        Draft draft = new Draft(look.present().plan());
        draft.subscription(look.after());
        takeOver(draft, look);
        boolean current = look.after().id().equals(draft.plan().subscription());
        if (current) {
            startTrial(draft, look);
        }
        StripeInvoice invoice = look.invoice();
        if (invoice != null) {
            if (invoice.isPaid()) {
                paid.paid(draft, look, invoice);
                changed.paid(draft, look, invoice);
            } else {
                failed.unpaid(draft, look, invoice);
            }
        }
        if (current) {
            if (!look.after().hasEnded()) {
                draft.plan(draft.plan().inGrace(Graces.of(draft, look)));
            }
            live(draft, look);
        }
        return draft.change();
    }

    // The newest that was begun rules; one that was never paid for, or is over, takes nobody's place.
    private static void takeOver(Draft draft, Look look) {
        SubscriptionState after = look.after();
        SubscriptionState current = look.present().current();
        if (after.id().equals(draft.plan().subscription()) || after.status() == Status.INCOMPLETE || after.hasEnded()) {
            return;
        }
        if (current == null || current.hasEnded() || after.startedAt().isAfter(current.startedAt())) {
            draft.plan(draft.plan().on(after.id()).inGrace(null).dueAt(null));
            draft.note("subscription_started");
        }
    }

    private void startTrial(Draft draft, Look look) {
        SubscriptionState after = look.after();
        Instant trialEnd = after.trialEnd();
        if (after.status() != Status.TRIALING || trialEnd == null) {
            return;
        }
        if (draft.plan().trial() == null) {
            draft.plan(draft.plan().tried(after.id()));
            boolean cardIsNew = look.present().card() == Present.TrialCard.FREE;
            if (cardIsNew && !after.terms().trialAllowance().isZero() && trialEnd.isAfter(look.now())) {
                String key = Look.prefix(after.id()) + "trial";
                Month month = Month.whole(
                        key, after.terms().trialAllowance(), after.item().periodStart(), trialEnd, trialEnd);
                draft.give(month, Credits.ZERO, settings, after.terms());
            }
        }
        if (after.cancelAt() == null && !trialEnd.minus(settings.trialNotice()).isAfter(look.now())) {
            draft.tell(notice(after, Notice.Kind.TRIAL_ENDING, after.id() + ":" + trialEnd.getEpochSecond(), trialEnd));
        }
    }

    private void live(Draft draft, Look look) {
        SubscriptionState after = look.after();
        if (look.hasJustEnded()) {
            ended(draft, look);
        } else if (after.status() == Status.UNPAID || after.status() == Status.PAUSED) {
            draft.end(after.status().name().toLowerCase(Locale.ROOT) + "/" + after.id() + "/" + after.latestInvoice());
        } else if (!after.hasEnded() && draft.plan().livesUntil() != null) {
            draft.plan(draft.plan().livingUntil(livesUntil(draft.plan(), after)));
        }
    }

    private void ended(Draft draft, Look look) {
        SubscriptionState after = look.after();
        boolean lost = UNPAID.equals(look.seen().endedBecause()) || draft.plan().grace() != null;
        Month month = draft.plan().month();
        if (lost || settings.atEnd() == AtEnd.END_ALLOWANCE || month == null || !isOf(after, month)) {
            draft.end("ended/" + after.id());
        } else if (draft.plan().livesUntil() != null) {
            draft.plan(draft.plan().livingUntil(month.paidUntil()));
        }
        draft.plan(draft.plan().inGrace(null));
        draft.tell(notice(after, Notice.Kind.SUBSCRIPTION_ENDED, after.id(), after.endedAt()));
        draft.note("subscription_ended");
        // What lives on would end with the first free month: that one waits for it.
        if (draft.plan().livesUntil() == null) {
            free.follow(draft, look.now());
        }
    }

    private static boolean isOf(SubscriptionState after, Month month) {
        return month.key().startsWith(Look.prefix(after.id()));
    }

    private @Nullable Instant livesUntil(AccountPlan plan, SubscriptionState after) {
        Month month = plan.month();
        Grace grace = plan.grace();
        if (month == null || !isOf(after, month)) {
            return plan.livesUntil();
        }
        if (grace != null) {
            return grace.until();
        }
        Instant cancelAt = after.cancelAt();
        if (cancelAt != null && !cancelAt.isAfter(month.end())) {
            return cancelAt;
        }
        // Nobody will pay for the period after a pause has begun: nothing has to be waited for.
        return after.pausedAs() != null && month.end().equals(month.paidUntil())
                ? month.end()
                : month.end().plus(settings.tail(after.terms().grace()));
    }

    private static Notice notice(SubscriptionState after, Notice.Kind kind, String key, @Nullable Instant until) {
        Map<String, String> facts = new HashMap<>(Map.of(
                Fact.PLAN, after.terms().name(),
                Fact.SUBSCRIPTION, after.id()));
        if (until != null) {
            facts.put(Fact.UNTIL, until.toString());
        }
        return new Notice(after.account(), kind, key, facts);
    }
}
