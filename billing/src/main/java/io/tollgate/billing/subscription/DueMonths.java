package io.tollgate.billing.subscription;

import io.tollgate.billing.dunning.OpenBill;
import io.tollgate.billing.subscription.AccountPlan.Grace;
import io.tollgate.billing.subscription.AccountPlan.Month;
import io.tollgate.metering.credit.Credits;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What time alone brings: the next month of a paid year or of the free plan, and the end of an allowance that nothing followed. */
final class DueMonths {

    private final SubscriptionSettings settings;
    private final FreeMonths free;

    DueMonths(SubscriptionSettings settings, FreeMonths free) {
        this.settings = settings;
        this.free = free;
    }

    Change due(Present present, Instant now) {
        Draft draft = new Draft(present.plan());
        AccountPlan plan = present.plan();
        if (isDue(plan.nextAt(), now)) {
            next(draft, present, now);
        } else if (isDue(plan.livesUntil(), now)) {
            end(draft, present);
            follow(draft, present.current(), now);
        }
        return draft.change();
    }

    private static boolean isDue(@Nullable Instant at, Instant now) {
        return at != null && !at.isAfter(now);
    }

    private void next(Draft draft, Present present, Instant now) {
        AccountPlan plan = present.plan();
        SubscriptionState current = present.current();
        Month last = plan.month();
        Instant freeSince = plan.freeSince();
        if (plan.freePlan() != null && freeSince != null) {
            free.give(draft, plan.freePlan(), freeSince, now);
        } else if (current != null && last != null && now.isBefore(last.paidUntil())) {
            nextOfYear(draft, current, last, now);
        } else {
            draft.plan(plan.dueAt(null));
        }
    }

    private void nextOfYear(Draft draft, SubscriptionState current, Month last, Instant now) {
        Months.Span span = Months.within(current.anchor(), new Months.Span(last.start(), last.paidUntil()), now);
        PlanTerms terms = current.terms();
        if (terms.allowance().isZero() || !span.start().isAfter(last.start())) {
            draft.plan(draft.plan().dueAt(span.end().isBefore(last.paidUntil()) ? span.end() : null));
            return;
        }
        Credits rollover = last.end().equals(span.start()) ? terms.rollover() : Credits.ZERO;
        draft.give(PaidPeriods.month(current, terms, span, last.paidUntil()), rollover, settings, terms);
        Instant until = current.hasEnded() ? last.paidUntil() : current.cancelAt();
        if (until != null && !until.isAfter(span.end())) {
            draft.plan(draft.plan().livingUntil(until));
        }
    }

    // A plan that has ended may have left what was paid for; that is over now.
    private void follow(Draft draft, @Nullable SubscriptionState current, Instant now) {
        if (current != null && current.hasEnded()) {
            free.follow(draft, now);
        }
    }

    private static void end(Draft draft, Present present) {
        AccountPlan plan = present.plan();
        Month month = plan.month();
        Grace grace = plan.grace();
        String what = month == null ? plan.account().value() : month.key();
        draft.end("lapsed/" + what + "/" + (grace == null ? "" : grace.invoice()) + plan.livesUntil());
        SubscriptionState current = present.current();
        if (grace != null && current != null) {
            draft.tell(bill(present, current, grace).graceEnded());
            draft.note("grace_ended");
        } else {
            draft.note("allowance_lapsed");
        }
    }

    private static OpenBill bill(Present present, SubscriptionState current, Grace grace) {
        String url = present.failing().stream()
                .filter(failing -> failing.invoice().equals(grace.invoice()))
                .map(InvoiceState::hostedUrl)
                .findFirst()
                .orElse(null);
        return new OpenBill(
                current.account(),
                current.id(),
                current.terms().name(),
                grace.invoice(),
                null,
                0,
                null,
                url,
                grace.until());
    }
}
